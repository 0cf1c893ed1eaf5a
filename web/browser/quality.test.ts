import { describe, expect, it } from 'vitest';
import { leave, signedIn } from './desk';
import { served } from './served';
import { barriers } from './visitor';

const site = served({ editor: 'EDITOR', partner: 'PARTNER' });

describe('the board of data quality', () => {
  it('leads from each number to its list, which holds as many', async () => {
    const visitor = await signedIn(site, 'editor', '/en/desk/quality');
    const { page } = visitor;
    // By unit: the last number of a row is that of one unit.
    const number = page.locator('.quality-table td a').last();
    const promised = await number.innerText();
    await number.click();
    await page.waitForURL('**rule=*owner=*');
    await page.locator('.desk-head [role=status]', { hasText: new RegExp(`^${promised} record`) }).waitFor();
    await page.getByRole('link', { name: 'To the board' }).click();
    await page.getByRole('button', { name: 'By funder' }).click();
    await page.getByRole('columnheader', { name: 'Funder', exact: true }).waitFor();
    const funder = page.locator('.quality-table td a').first();
    const all = await funder.innerText();
    await funder.click();
    await page.waitForURL('**funder=*');
    await page.locator('.desk-head [role=status]', { hasText: new RegExp(`^${all} record`) }).waitFor();
    await leave(visitor);
  });

  it('leads by keys to the form at the field, and forgets what was mended', async () => {
    const visitor = await signedIn(site, 'editor', '/en/desk/quality');
    const { page } = visitor;
    await page.evaluate(async () => {
      const input = { project: { status: 'PIPELINE', originalLocale: 'en', title: [{ locale: 'en', text: 'Without any date' }] } };
      await fetch('/graphql', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ query: 'mutation($input: CreateProjectInput!) { createProject(input: $input) { userErrors { message } } }', variables: { input } }),
      });
    });
    const list = `${site.server.address}/en/desk/quality?rule=PROJECT_WITHOUT_START`;
    const item = page.locator('.quality-item', { hasText: 'Without any date' });
    // What breaks a rule is found a little after it was written; the open list says so by itself.
    await page.goto(list);
    await item.waitFor({ timeout: 60_000 });
    await item.focus();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/desk/edit/project/*field=plannedStart');
    await page.waitForFunction(() => document.activeElement?.closest('[data-field]')?.getAttribute('data-field') === 'plannedStart');
    await page.getByLabel('Planned start').fill('2027-01-01');
    await page.keyboard.press('Control+s');
    await page.getByText('Saved', { exact: false }).first().waitFor();
    await page.goto(list);
    await page.locator('.desk-head [role=status]').waitFor();
    await item.waitFor({ state: 'detached', timeout: 60_000 });
    await leave(visitor);
  });

  it('is not for partners', async () => {
    const visitor = await signedIn(site, 'partner', '/en/desk');
    expect(await visitor.page.getByRole('link', { name: 'Data quality' }).count()).toBe(0);
    await visitor.page.goto(`${site.server.address}/en/desk/quality`);
    await visitor.page.getByRole('heading', { name: 'This page is not for your roles' }).waitFor();
    await leave(visitor);
  });
});

describe.each([
  { language: 'ar', width: 1440, theme: 'light' },
  { language: 'en', width: 390, theme: 'dark' },
] as const)('in $language, $width wide', ({ language, width, theme }) => {
  it('axe finds nothing on board and list, and nothing sticks out', async () => {
    const visitor = await signedIn(site, 'editor', `/${language}/desk/quality`, { width, theme });
    for (const path of ['desk/quality', 'desk/quality?category=MISSING']) {
      await visitor.page.goto(`${site.server.address}/${language}/${path}`);
      await visitor.page.locator('.quality-table td a, .quality-item').first().waitFor();
      expect(await barriers(visitor.page), path).toEqual([]);
      expect(await visitor.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), path).toBeLessThanOrEqual(0);
    }
    await leave(visitor);
  });
});
