import { describe, expect, it } from 'vitest';
import { leave } from './desk';
import { served } from './served';
import { type Visit, type Visitor, atRest, open } from './visitor';

const site = served();

async function at(path: string, wish: Partial<Visit> = {}): Promise<Visitor> {
  const visitor = await open(site.browser, { address: site.server.address, path, ...wish });
  await visitor.page.locator('h1').waitFor();
  await atRest(visitor.page);
  return visitor;
}

describe('the portal', () => {
  it.each(['/en/funding', '/ar'])('prints %s without its frame, in dark ink', async (path) => {
    const visitor = await at(path, { theme: 'dark' });
    const { page } = visitor;
    await page.emulateMedia({ media: 'print' });
    for (const frame of ['.shell-top', '.shell-foot']) expect(await page.locator(frame).isVisible()).toBe(false);
    const ink = await page.locator('main h2').first().evaluate((head) => getComputedStyle(head).color);
    expect(Math.max(...(ink.match(/\d+/g) ?? []).slice(0, 3).map(Number))).toBeLessThan(100);
    await leave(visitor);
  });
});
