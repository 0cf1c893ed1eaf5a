import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { leave, signedIn } from './desk';
import { served } from './served';
import { atRest, open } from './visitor';

const site = served({ editor: 'EDITOR' });

/** How much slower than this machine's the processor pretends to be. */
const SLOWER = 4;

/** What a reader does, and the page it is done on. */
type Step = [name: string, act: (page: Page) => Promise<unknown>];

const portal: [path: string, steps: Step[]][] = [
  [
    '/en/projects',
    [
      ['type in the search of a list', (page) => page.getByRole('searchbox').pressSequentially('water', { delay: 100 })],
      ['sort a list', (page) => page.getByRole('button', { name: 'Title' }).click()],
      ['choose a facet', (page) => page.locator('.explore-choice input').first().click()],
      ['open the palette', (page) => page.keyboard.press('Control+k')],
      ['type in the palette', (page) => page.getByRole('dialog').getByRole('combobox').pressSequentially('fund', { delay: 100 })],
      ['close the palette', (page) => page.keyboard.press('Escape')],
      ['change the theme', (page) => page.locator('.shell-tools button').first().click()],
      ['open a record', (page) => page.locator('tbody th a').first().click()],
    ],
  ],
  [
    '/en/funding',
    [
      ['draw bars', (page) => page.getByRole('button', { name: 'Bars' }).click()],
      ['draw the flow', (page) => page.getByRole('button', { name: 'Flow' }).click()],
      ['other rows', (page) => page.getByLabel('Rows').selectOption('GOVERNORATE')],
    ],
  ],
];

const desk: [path: string, steps: Step[]][] = [
  [
    '/en/desk',
    [
      ['walk my day', (page) => page.keyboard.press('ArrowDown')],
      ['walk on', (page) => page.keyboard.press('ArrowDown')],
    ],
  ],
  [
    '/en/desk/edit/agreement/new',
    [
      ['type a title', (page) => page.getByLabel('Title, in Arabic').pressSequentially('مذكرة تفاهم', { delay: 100 })],
      ['add a part', (page) => page.getByRole('button', { name: /^Add/ }).first().click()],
    ],
  ],
  [
    '/en/desk/edit/project/new',
    [
      ['type in a long form', (page) => page.getByLabel('Title, in Arabic').first().pressSequentially('مشروع مياه', { delay: 100 })],
      ['add a result', (page) => page.getByRole('button', { name: 'Add a result' }).click()],
    ],
  ],
];

/** Does each step on a slowed processor; a line for each says how long the longest of its presses and clicks took, from the event to the next picture. */
async function measure(page: Page, path: string, steps: Step[]): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  await page.evaluate(() => {
    const waits: number[] = [];
    Object.assign(window, { waits });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as PerformanceEventTiming[]) if (entry.interactionId) waits.push(entry.duration);
    }).observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit);
  });
  let longest = 0;
  for (const [name, act] of steps) {
    await act(page);
    await atRest(page);
    // An event that took less than the observer's threshold is not told at all.
    const wait = await page.evaluate(() => Math.max(16, ...(window as unknown as { waits: number[] }).waits.splice(0)));
    process.stdout.write(`${String(wait).padStart(6)} ms  ${path}  ${name}\n`);
    longest = Math.max(longest, wait);
  }
  return longest;
}

it('answers to keys and clicks', async () => {
  const waits: number[] = [];
  for (const [path, steps] of portal) {
    const visitor = await open(site.browser, { address: site.server.address, path });
    await visitor.page.locator('h1').waitFor();
    await atRest(visitor.page);
    waits.push(await measure(visitor.page, path, steps));
    await leave(visitor);
  }
  for (const [path, steps] of desk) {
    const visitor = await signedIn(site, 'editor', path);
    await atRest(visitor.page);
    waits.push(await measure(visitor.page, path, steps));
    await leave(visitor);
  }
  process.stdout.write(`longest on a processor ${SLOWER} times slower: ${Math.max(...waits)} ms\n`);
  expect(waits).toHaveLength(portal.length + desk.length);
});
