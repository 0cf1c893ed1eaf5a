import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import axe, { type AxeResults } from 'axe-core';
import { type Browser, type BrowserContextOptions, type Page, type Request, chromium } from 'playwright-core';

/** A reader with a browser of their own, and everything about their visit that must not happen. */
export interface Visitor {
  page: Page;
  /** Requests to another origin, violations of the page's policy, errors nobody caught. Stays empty on a good page. */
  complaints: string[];
  leave(): Promise<void>;
}

/** The settings a visit starts from; absent ones are those of a first visit. */
export interface Visit {
  address: string;
  path?: string;
  language?: 'ar' | 'en';
  theme?: 'light' | 'dark';
  width?: number;
  height?: number;
}

/** Starts the machine's Chromium. It calls nobody by itself. */
export async function startBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: findChromium(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}

/** Opens the playground and waits until its editor stands. */
export async function visit(browser: Browser, wish: Visit): Promise<Visitor> {
  const visitor = await open(browser, wish);
  await editorStands(visitor.page);
  return visitor;
}

/** Opens any page. */
export async function open(browser: Browser, wish: Visit): Promise<Visitor> {
  const options: BrowserContextOptions = {
    viewport: { width: wish.width ?? 1440, height: wish.height ?? 900 },
    colorScheme: 'light',
    permissions: ['clipboard-read', 'clipboard-write'],
  };
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const complaints: string[] = [];
  follow(page);
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol !== 'data:' && url.origin !== wish.address) complaints.push(`request to ${request.url()}`);
  });
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) complaints.push(message.text());
  });
  const stored = { 'taawun:language': wish.language, 'taawun:theme': wish.theme };
  await page.addInitScript((settings) => {
    for (const [key, value] of Object.entries(settings)) {
      if (value && localStorage.getItem(key) === null) localStorage.setItem(key, value);
    }
  }, stored);
  await page.goto(wish.address + (wish.path ?? '/playground'));
  return { page, complaints, leave: () => context.close() };
}

/** Waits for the query editor with its text, and for the schema behind the manual and the completions. */
export async function editorStands(page: Page): Promise<void> {
  await page.locator('.query .monaco-editor .view-line').first().waitFor();
}

/** What axe finds on a page, in words, once it has come to rest; parts that are not ours may be left out. */
export async function barriers(page: Page, exclude: string[] = []): Promise<string[]> {
  await atRest(page);
  // As text in the page it would break the page's policy; as a function of the test's own it does not run under it.
  const results = (await page.evaluate(`(() => { ${axe.source}; return axe.run({ include: [['html']], exclude: ${JSON.stringify(exclude.map((part) => [part]))} }); })()`)) as AxeResults;
  return results.violations.flatMap((violation) => violation.nodes.map((node) => `${violation.id}: ${node.html} ${node.failureSummary ?? ''}`));
}

/** The requests of a page that are under way; a stream of events goes on for as long as the page does and is none of them. */
const underWay = new WeakMap<Page, Set<Request>>();

function follow(page: Page): void {
  const requests = new Set<Request>();
  underWay.set(page, requests);
  page.on('request', (request) => request.resourceType() !== 'eventsource' && requests.add(request));
  page.on('requestfinished', (request) => requests.delete(request));
  page.on('requestfailed', (request) => requests.delete(request));
}

/** How long a page may take to come to rest. Of some requests, such as those that a worker gives up, the browser never tells that they have ended. */
const REST_MS = 20_000;

/** Waits until a page has asked for nothing for half a second. */
export async function atRest(page: Page): Promise<void> {
  await page.waitForLoadState();
  const until = Date.now() + REST_MS;
  for (let quiet = 0; quiet < 500 && Date.now() < until; quiet += 50) {
    await page.waitForTimeout(50);
    if ((underWay.get(page)?.size ?? 0) > 0) quiet = 0;
  }
}

function findChromium(): string {
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    for (const name of names) {
      try {
        accessSync(join(folder, name), constants.X_OK);
        return join(folder, name);
      } catch {
        // Not here: look on.
      }
    }
  }
  throw new Error(`the browser tests need Chromium: none of ${names.join(', ')} is on the PATH`);
}
