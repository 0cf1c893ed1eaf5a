import type { Browser } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { administrator, colleague } from './people';
import { type Server, startServer } from './server';
import { startBrowser } from './visitor';

/** What the tests of one file share. */
export interface Served {
  readonly server: Server;
  readonly browser: Browser;
}

/** Starts the program and a browser for the tests of a file, with accounts for these people, each login with its role, and with settings of its own, perhaps without any data; stops both in the end. */
export function served(people: Record<string, string> = {}, flags: readonly string[] = [], isFilled = true): Served {
  let server: Server | undefined;
  let browser: Browser | undefined;
  beforeAll(async () => {
    [server, browser] = await Promise.all([startServer(flags, isFilled), startBrowser()]);
    if (Object.keys(people).length === 0) return;
    const admin = await administrator(server);
    for (const [login, role] of Object.entries(people)) await colleague(server, admin, login, role);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });
  const started = <T>(what: T | undefined): T => {
    if (!what) throw new Error('nothing runs outside the tests');
    return what;
  };
  return {
    get server() {
      return started(server);
    },
    get browser() {
      return started(browser);
    },
  };
}
