import { describe, expect, it } from 'vitest';
import { leave, signedIn } from './desk';
import { served } from './served';
import { barriers } from './visitor';

// Nothing is sent within the test: the digests of a day go out at their hour.
const site = served({ editor: 'EDITOR' }, ['--smtp-host', '127.0.0.1', '--smtp-tls', 'none', '--smtp-from', 'Taawun <taawun@example.org>']);

const narrow = { width: 390 };

describe('my day', () => {
  it('settles a next step from its row, and the officer goes on at the same place of the list', async () => {
    const editor = await signedIn(site, 'editor', '/en/desk?kind=FOLLOW_UP');
    const { page } = editor;
    const rows = page.locator('.desk-row');
    await rows.first().waitFor();
    // Each step says by when.
    await expect.poll(() => rows.first().locator('time').getAttribute('datetime')).toMatch(/^\d{4}-\d\d-\d\d$/);
    const before = await rows.count();
    const following = await rows.nth(1).locator('.desk-item').innerText();
    await rows.first().getByRole('button', { name: /^Record what happened/ }).click();
    const peek = page.locator('.desk-peek');
    await peek.getByText('Last step').waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA');
    await page.keyboard.type('They answered: the report comes next week');
    await page.keyboard.press('Control+Enter');
    await expect.poll(() => rows.count()).toBe(before - 1);
    await page.getByText('The item has left the list').waitFor();
    await expect.poll(() => page.evaluate(() => (document.activeElement as HTMLElement).innerText)).toBe(following);
    await leave(editor);
  });

  it('keeps a further step with its day on the agenda', async () => {
    const editor = await signedIn(site, 'editor', '/en/desk?kind=FOLLOW_UP');
    const { page } = editor;
    await page.locator('.desk-row').first().getByRole('button', { name: /^Record what happened/ }).click();
    const peek = page.locator('.desk-peek');
    await peek.getByLabel('What was done', { exact: true }).fill('Called again');
    await peek.getByLabel('What is to be done next').fill('Visit the office in person');
    const day = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10);
    await peek.getByLabel('By when').fill(day);
    await peek.getByRole('button', { name: 'Record the step' }).click();
    const row = page.locator('.desk-row', { hasText: 'Visit the office in person' });
    await row.waitFor();
    expect(await row.locator('time').getAttribute('datetime')).toBe(day);
    await leave(editor);
  });

  it('settles a duty from its row; refused without a reason, the officer stays where she was', async () => {
    const editor = await signedIn(site, 'editor', '/en/desk?kind=DUTY');
    const { page } = editor;
    await page.locator('.desk-row').first().getByRole('button', { name: /^Record what happened/ }).click();
    const peek = page.locator('.desk-peek');
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA');
    await peek.getByRole('button', { name: 'Waived' }).click();
    await peek.getByRole('alert').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-pressed'))).toBe('true');
    await peek.getByLabel('Evidence, or the reason for waiving').fill('Replaced by the annual report');
    await peek.getByRole('button', { name: 'Waived' }).click();
    await peek.getByRole('status').waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('role') ?? document.activeElement?.className)).toMatch(/status|desk-item/);
    await leave(editor);
  });
});

describe('the calendar', () => {
  it('gives an address for a calendar program once, which works until it is revoked', async () => {
    const editor = await signedIn(site, 'editor', '/en/desk/calendar');
    const { page } = editor;
    await page.getByRole('button', { name: 'Subscribe' }).click();
    await page.waitForURL('**subscribe=1');
    const peek = page.locator('.desk-peek');
    await peek.getByLabel('Name, by which you will know it').fill('My phone');
    await peek.getByLabel('Translation').uncheck();
    await peek.getByLabel('Reminder').selectOption('3');
    await peek.getByRole('button', { name: 'Make the address' }).click();
    const address = await peek.getByLabel('The address of “My phone”').inputValue();
    expect(address.startsWith(`${site.server.address}/`)).toBe(true);
    await peek.getByRole('button', { name: 'Copy' }).click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(address);
    await peek.getByText('iPhone').waitFor();
    const calendar = await fetch(address);
    expect(calendar.headers.get('Content-Type')).toContain('text/calendar');
    const dates = await calendar.text();
    expect(dates).toContain('BEGIN:VEVENT');
    expect(dates).toContain('TRIGGER:-P3D');
    await page.reload();
    await peek.getByText('My phone').waitFor();
    expect(await peek.locator('.users-secret').count()).toBe(0);
    await peek.getByText(/last read/).waitFor();
    await peek.getByRole('button', { name: 'Revoke “My phone”' }).click();
    await peek.getByText('Revoked').waitFor();
    expect((await fetch(address)).status).toBe(404);
    await leave(editor);
  });
});

describe('one’s own account', () => {
  it('asks for the daily mail and ends it', async () => {
    const editor = await signedIn(site, 'editor', '/en/desk/me');
    const { page } = editor;
    const mail = page.getByRole('checkbox', { name: 'Send me the daily mail' });
    await page.getByText('editor@example.org').waitFor();
    await mail.check();
    await page.getByText('You will get the daily mail.').waitFor();
    await page.reload();
    await expect.poll(() => mail.isChecked()).toBe(true);
    await mail.uncheck();
    await page.getByText('You get no more daily mails.').waitFor();
    await leave(editor);
  });
});

describe('the frame of the desk', () => {
  it('folds its menu on a narrow screen: the page begins at the top, the menu opens by its button', async () => {
    const editor = await signedIn(site, 'editor', '/en/desk', narrow);
    const { page } = editor;
    expect((await page.locator('.desk h1').boundingBox())?.y).toBeLessThan(120);
    const fold = page.getByRole('button', { name: 'Menu' });
    expect(await fold.getAttribute('aria-expanded')).toBe('false');
    expect(await page.getByRole('link', { name: 'Drafts', exact: true }).count()).toBe(0);
    await fold.focus();
    await page.keyboard.press('Enter');
    expect(await fold.getAttribute('aria-expanded')).toBe('true');
    expect(await barriers(page)).toEqual([]);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Escape');
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('desk-fold');
    await fold.click();
    await page.getByRole('link', { name: 'Drafts', exact: true }).click();
    await page.waitForURL('**/en/desk/drafts');
    await expect.poll(() => fold.getAttribute('aria-expanded')).toBe('false');
    await leave(editor);
  });

  it('names the key of the search where there is a field to search in, and only there', async () => {
    const editor = await signedIn(site, 'editor', '/en/desk/glossary');
    const { page } = editor;
    await page.locator('.desk-keys').waitFor();
    await page.locator('.desk-key-search').waitFor({ state: 'visible' });
    await page.goto(`${site.server.address}/en/desk/imports`);
    await page.locator('.desk-keys').waitFor();
    expect(await page.locator('.desk-list input[type=search]').count()).toBe(0);
    await page.locator('.desk-key-search').waitFor({ state: 'hidden' });
    await leave(editor);
  });
});

describe.each([
  { language: 'ar', width: 1440, theme: 'light' },
  { language: 'en', width: 390, theme: 'dark' },
] as const)('in $language, $width wide', ({ language, width, theme }) => {
  it('axe finds nothing on my day with a step open, on the subscription and on the account, and nothing sticks out', async () => {
    const editor = await signedIn(site, 'editor', `/${language}/desk?kind=FOLLOW_UP`, { width, theme });
    const { page } = editor;
    await page.locator('.desk-item').first().click();
    await page.locator('.desk-peek form').first().waitFor();
    for (const path of [null, 'desk/calendar?subscribe=1', 'desk/me']) {
      if (path) await page.goto(`${site.server.address}/${language}/${path}`);
      await page.locator('.desk h1').waitFor();
      expect(await barriers(page), path ?? 'my day').toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), path ?? 'my day').toBeLessThanOrEqual(0);
    }
    await leave(editor);
  });
});
