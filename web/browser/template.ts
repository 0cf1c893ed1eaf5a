import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { BINARY, own } from './server';

declare module 'vitest' {
  interface ProvidedContext {
    /** A data directory with the demonstration data, of which each server gets a copy. */
    template: string;
  }
}

/** Makes the data once that every file of tests begins with: loading it is the longest part of a start. */
export default function setup(project: TestProject): () => void {
  if (!existsSync(BINARY)) throw new Error(`${BINARY} is missing: run "make build" first`);
  const template = mkdtempSync(join(tmpdir(), 'taawun-template-'));
  const remove = (): void => rmSync(template, { recursive: true, force: true });
  try {
    execFileSync(BINARY, ['demo', '--data', template], { env: own(), stdio: ['ignore', 'ignore', 'pipe'] });
  } catch (error) {
    remove();
    throw error;
  }
  project.provide('template', template);
  return remove;
}
