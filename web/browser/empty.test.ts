import { describe, expect, it } from 'vitest';
import { leave } from './desk';
import { served } from './served';
import { barriers, open } from './visitor';

const site = served({}, [], false);

describe('a register in which nothing has been published yet', () => {
  it('says so on the first page, with figures of nothing rather than none', async () => {
    const visitor = await open(site.browser, { address: site.server.address, path: '/en' });
    const { page } = visitor;
    await page.getByText('Nothing has been published yet.').waitFor();
    await page.getByText('No amounts have been published yet.').waitFor();
    await expect.poll(() => page.locator('.home-value').allInnerTexts()).toEqual(['0', '0', '0', '0', '0', expect.stringMatching(/^0 of \d+$/)]);
    expect(await barriers(page)).toEqual([]);
    await leave(visitor);
  });

  it.each([
    ['agreements', 'No agreement has been published yet.'],
    ['projects?view=map', 'No project has been published yet.'],
    ['organizations?view=chart', 'No organization has been published yet.'],
  ])('says so in the list of %s, and offers nothing to filter, sort or take away', async (list, said) => {
    const visitor = await open(site.browser, { address: site.server.address, path: `/en/${list}` });
    const { page } = visitor;
    await page.getByText(said).waitFor();
    expect(await page.locator('.explore-facets, .explore-order, .explore .look-switch').count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Download the whole selection' }).isDisabled()).toBe(true);
    expect(await barriers(page)).toEqual([]);
    await leave(visitor);
  });

  it('says so of words that match nothing in another way', async () => {
    const visitor = await open(site.browser, { address: site.server.address, path: '/en/units?q=zzzz' });
    const { page } = visitor;
    await page.getByText('Nothing matches all of this together.').waitFor();
    await page.getByRole('button', { name: 'Lift all filters' }).click();
    await page.locator('tbody th a').first().waitFor();
    await leave(visitor);
  });

  it('has units with their maps, their parts and no money', async () => {
    const visitor = await open(site.browser, { address: site.server.address, path: '/en/units/unt_3' });
    const { page } = visitor;
    await page.getByText('No amounts recorded.').waitFor();
    await page.locator('.map-area').first().waitFor();
    expect(await barriers(page)).toEqual([]);
    await leave(visitor);
  });
});
