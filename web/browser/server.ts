import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inject } from 'vitest';

/** The real program, serving the demonstration data from a folder of its own. */
export interface Server {
  address: string;
  /** The folder of its data. */
  data: string;
  /** What it has printed so far. */
  printed(): string;
  stop(): Promise<void>;
}

export const BINARY = fileURLToPath(new URL('../../taawun', import.meta.url));
const START_WITHIN_MS = 120_000;

/** The environment of a program of ours: a database of the surroundings is not ours to fill. */
export function own(): NodeJS.ProcessEnv {
  const { DATABASE_URL: _, ...environment } = process.env;
  return environment;
}

/** Starts the program on a free port, with the demonstration data or none, and waits until it is ready. */
export async function startServer(flags: readonly string[] = [], isFilled = true): Promise<Server> {
  const port = await freePort();
  const data = mkdtempSync(join(tmpdir(), 'taawun-browser-'));
  // Owners and rights come along: PostgreSQL does not run as root. The dot means what the folder holds; path.join would take it away.
  if (isFilled) execFileSync('cp', ['-a', `${inject('template')}/.`, data]);
  const program = spawn(BINARY, ['serve', '--addr', `127.0.0.1:${port}`, '--data', data, ...(isFilled ? ['--demo'] : []), ...flags], { env: own(), stdio: ['ignore', 'pipe', 'pipe'] });
  const log: string[] = [];
  program.stdout.on('data', (chunk: Buffer) => log.push(chunk.toString()));
  program.stderr.on('data', (chunk: Buffer) => log.push(chunk.toString()));
  const stop = async (): Promise<void> => {
    await stopProgram(program);
    rmSync(data, { recursive: true, force: true });
  };
  const address = `http://127.0.0.1:${port}`;
  try {
    await ready(address, program);
  } catch (error) {
    await stop();
    throw new Error(`the server did not start: ${String(error)}\n${log.join('')}`);
  }
  return { address, data, printed: () => log.join(''), stop };
}

async function ready(address: string, program: ChildProcess): Promise<void> {
  const end = Date.now() + START_WITHIN_MS;
  while (Date.now() < end) {
    if (program.exitCode !== null) throw new Error(`it ended with code ${program.exitCode}`);
    const answer = await fetch(address + '/readyz').catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`not ready within ${START_WITHIN_MS / 1000} s`);
}

async function stopProgram(program: ChildProcess): Promise<void> {
  if (program.exitCode !== null || program.signalCode !== null) return;
  const ended = once(program, 'exit');
  program.kill('SIGTERM');
  await ended;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
