import { describe, expect, it } from 'vitest';
import { leave, signedIn } from './desk';
import { served } from './served';
import { barriers } from './visitor';

const site = served({ editor: 'EDITOR' });

/** What an address of an organization leads to. */
async function leadsTo(id: string): Promise<string | undefined> {
  const response = await fetch(`${site.server.address}/graphql`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ query: 'query($id: ID!) { organization(by: { id: $id }) { id } }', variables: { id } }),
  });
  const answer = (await response.json()) as { data: { organization: { id: string } | null } };
  return answer.data.organization?.id;
}

const idOf = (href: string | null): string => href?.split('/').at(-1) ?? '';

describe('duplicate organizations', () => {
  it('are compared side by side, walked through by arrows, and made one, field by field; the old address leads on', async () => {
    const visitor = await signedIn(site, 'admin', '/en/desk/duplicates');
    const { page } = visitor;
    await page.locator('.desk-item').first().click();
    await page.keyboard.press('ArrowDown');
    await page.waitForFunction(() => document.querySelectorAll('.desk-item')[1]?.getAttribute('aria-pressed') === 'true');
    const columns = page.locator('.duplicates-table thead th');
    await page.getByLabel('Let this one stay').check();
    const stays = idOf(await page.locator('.duplicates-stays a').getAttribute('href'));
    const goes = idOf(await columns.locator(`a:not([href$="${stays}"])`).getAttribute('href'));
    const website = page.locator('tr', { has: page.locator('th', { hasText: 'Website' }) }).getByRole('radio');
    // The website of the one that goes is taken over.
    await website.and(page.locator(':not(:checked)')).check();
    await page.getByLabel('Reason').fill('Registered twice');
    await page.getByRole('button', { name: 'Merge into the one that stays' }).click();
    await page.locator('.duplicates-table').waitFor({ state: 'detached' });
    expect(await leadsTo(goes)).toBe(stays);
    await leave(visitor);
  });

  it('are told apart, asked about no more, and taken back', async () => {
    const visitor = await signedIn(site, 'admin', '/en/desk/duplicates');
    const { page } = visitor;
    const pair = page.locator('.desk-item').first();
    const names = (await pair.innerText()).split('\n').slice(0, 2);
    await pair.click();
    await page.getByLabel('Reason').fill('Two agencies');
    await page.getByRole('button', { name: 'They are two, ask no more' }).click();
    await page.locator('.duplicates-table').waitFor({ state: 'detached' });
    await expect.poll(async () => (await page.locator('.desk-item').first().innerText()).split('\n').slice(0, 2)).not.toEqual(names);
    await page.getByRole('button', { name: 'Told apart' }).click();
    const told = page.locator('.duplicates-told', { hasText: names[0] ?? '' });
    await told.getByText('Two agencies').waitFor();
    await told.getByRole('button', { name: 'Take back' }).click();
    await told.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'May be one' }).click();
    await page.locator('.desk-item', { hasText: names[1] ?? '' }).first().waitFor();
    await leave(visitor);
  });

  it('are for administrators', async () => {
    const visitor = await signedIn(site, 'editor', '/en/desk');
    expect(await visitor.page.getByRole('link', { name: 'Duplicates' }).count()).toBe(0);
    await visitor.page.goto(`${site.server.address}/en/desk/duplicates`);
    await visitor.page.getByRole('heading', { name: 'This page is not for your roles' }).waitFor();
    await leave(visitor);
  });
});

describe.each([
  { language: 'ar', width: 1440, theme: 'light' },
  { language: 'en', width: 390, theme: 'dark' },
] as const)('in $language, $width wide', ({ language, width, theme }) => {
  it('axe finds nothing, and nothing sticks out', async () => {
    const visitor = await signedIn(site, 'admin', `/${language}/desk/duplicates`, { width, theme });
    await visitor.page.locator('.desk-item').first().click();
    await visitor.page.locator('.duplicates-table').waitFor();
    expect(await barriers(visitor.page)).toEqual([]);
    expect(await visitor.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0);
    await leave(visitor);
  });
});
