import { describe, expect, it } from 'vitest';
import { leave, signedIn } from './desk';
import { served } from './served';
import { barriers } from './visitor';

const site = served({ editor: 'EDITOR', approver: 'APPROVER' });

describe.each([{ language: 'ar', width: 1440, theme: 'light' }] as const)('in $language, $width wide', ({ language, width, theme }) => {
  it('axe finds nothing, and nothing sticks out', async () => {
    const visitor = await signedIn(site, 'editor', `/${language}/desk/evaluations`, { width, theme });
    await visitor.page.locator('.desk-item').first().click();
    await visitor.page.locator('.evaluations-open h2').waitFor();
    expect(await barriers(visitor.page)).toEqual([]);
    expect(await visitor.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0);
    await leave(visitor);
  });
});
