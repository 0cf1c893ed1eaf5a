import { describe, expect, it } from 'vitest';
import { leave, signedIn } from './desk';
import { PASSWORD } from './people';
import { served } from './served';
import { barriers, open } from './visitor';

const site = served({ translator: 'TRANSLATOR' });

describe('the page of accounts', () => {
  it('takes somebody in: account, role, a link for the password; and out again', async () => {
    const admin = await signedIn(site, 'admin', '/en/desk/users');
    const { page } = admin;
    const peek = page.locator('.desk-peek');
    await page.keyboard.press('n');
    await peek.getByRole('heading', { name: 'New account' }).waitFor();

    // A login that is taken is refused at its field, and what was written stays.
    await peek.getByLabel('Login').fill('TRANSLATOR');
    await peek.getByLabel('Name of the person').fill('هدى العلي');
    await peek.getByRole('button', { name: 'Save' }).click();
    await peek.getByRole('alert').first().waitFor();
    await expect.poll(() => peek.getByLabel('Name of the person').inputValue()).toBe('هدى العلي');
    await peek.getByLabel('Login').fill('huda');
    await peek.getByRole('button', { name: 'Add a role' }).click();
    await peek.getByRole('combobox', { name: 'Role', exact: true }).selectOption('TRANSLATOR');
    await peek.getByRole('button', { name: 'Save' }).click();
    await peek.getByRole('heading', { name: 'هدى العلي' }).waitFor();

    await peek.getByRole('button', { name: 'Make a password link' }).click();
    const link = await peek.getByLabel('A link that works once').inputValue();
    const huda = await open(site.browser, { address: site.server.address, path: link.slice(site.server.address.length) });
    for (const field of await huda.page.locator('input[type=password]').all()) await field.fill(PASSWORD);
    await huda.page.locator('button').first().click();
    await huda.page.locator('#done').waitFor();
    await huda.page.goto(`${site.server.address}/en/desk/users`);
    await huda.page.getByText('This page is for administrators.').waitFor();
    expect(await huda.page.getByRole('link', { name: 'People' }).count()).toBe(0);
    // Nor does the server give her what the page would show.
    const told = await huda.page.evaluate(async () => {
      const response = await fetch('/graphql', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ query: '{ accounts { nodes { login } } }' }) });
      return response.text();
    });
    expect(told).toContain('huda');
    expect(told).not.toContain('translator');

    await peek.getByRole('button', { name: 'Disable the account' }).click();
    await page.locator('.desk-item', { hasText: 'huda' }).waitFor({ state: 'detached' });
    await huda.page.reload();
    await huda.page.waitForURL('**/en/sign-in?next=*');
    await page.getByRole('button', { name: 'Disabled', exact: true }).click();
    await page.locator('.desk-item', { hasText: 'huda' }).click();
    await peek.getByRole('button', { name: 'Enable the account again' }).click();
    await page.locator('.desk-item', { hasText: 'huda' }).waitFor({ state: 'detached' });
    await leave(admin, huda);
  });

  it('says why the last administrator stays one', async () => {
    const admin = await signedIn(site, 'admin', '/ar/desk/users?q=admin');
    await admin.page.locator('.desk-item').first().click();
    await admin.page.getByRole('button', { name: 'عطّل الحساب' }).click();
    await admin.page.getByText('لا يمكن تعطيل حساب المدير الأخير').waitFor();
    await leave(admin);
  });

  it('is walked through by keys', async () => {
    const admin = await signedIn(site, 'admin', '/en/desk/users');
    const { page } = admin;
    await page.locator('.desk-item').first().click();
    const second = await page.locator('.desk-item').nth(1).innerText();
    await page.keyboard.press('ArrowDown');
    await page.waitForFunction((text) => (document.querySelector('.desk-item[aria-pressed=true]') as HTMLElement | null)?.innerText === text, second);
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.activeElement?.classList.contains('desk-peek'));
    await page.keyboard.press('Escape');
    await page.waitForFunction(() => document.activeElement?.classList.contains('desk-item'));
    await page.keyboard.press('/');
    await page.waitForFunction(() => document.activeElement?.getAttribute('type') === 'search');
    await leave(admin);
  });
});

describe('one\'s own account', () => {
  it('is named anew, gives a program a key and takes it back', async () => {
    const translator = await signedIn(site, 'translator', '/en/desk/me');
    // Without a mail server nothing is said of a daily mail.
    await translator.page.getByRole('heading', { name: 'Password', exact: true }).waitFor();
    expect(await translator.page.locator('#me-digest').count()).toBe(0);
    const { page } = translator;
    await page.getByLabel('Name, as colleagues see it').fill('سامر الخطيب');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.').waitFor();
    await page.locator('.desk-me').getByText('سامر الخطيب').waitFor();

    await page.getByLabel('Which program it is for').fill('Monthly report');
    await page.getByRole('button', { name: 'Make a key' }).click();
    const key = await page.getByLabel('The new key; it is not shown again').inputValue();
    expect(key).toMatch(/^taawun_/);
    const ask = async (): Promise<number> => {
      const response = await fetch(`${site.server.address}/graphql`, { method: 'POST', headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${key}` }, body: JSON.stringify({ query: '{ me { login } }' }) });
      return response.status;
    };
    expect(await ask()).toBe(200);
    await page.getByRole('button', { name: 'Revoke the key “Monthly report”' }).click();
    await page.getByText('revoked').waitFor();
    expect(await ask()).toBe(401);
    await leave(translator);
  });

  it('shows where one is signed in, and ends it there', async () => {
    const here = await signedIn(site, 'translator', '/en/desk/me');
    const there = await signedIn(site, 'translator', '/en/desk/me');
    await here.page.reload();
    const sessions = here.page.getByRole('region', { name: 'Where you are signed in' });
    await sessions.getByText('this browser').waitFor();
    const before = await sessions.getByRole('button', { name: 'End the session' }).count();
    expect(before).toBeGreaterThan(0);
    for (let left = before; left > 0; left -= 1) {
      await sessions.getByRole('button', { name: 'End the session' }).first().click();
      await here.page.waitForFunction((count) => document.querySelectorAll('[aria-labelledby=me-sessions] li button').length === count, left - 1);
    }
    await there.page.reload();
    await there.page.waitForURL('**/en/sign-in?next=*');
    await leave(here, there);
  });

  it('takes another password only with the one that was', async () => {
    const translator = await signedIn(site, 'translator', '/en/desk/me');
    const { page } = translator;
    const write = async (current: string, wanted: string, again: string): Promise<void> => {
      await page.getByLabel('Current password').fill(current);
      await page.getByLabel('New password', { exact: true }).fill(wanted);
      await page.getByLabel('New password, once more').fill(again);
      await page.getByRole('button', { name: 'Change the password' }).click();
    };
    await write(PASSWORD, 'another four words', 'another five words');
    await page.getByText('The two new passwords differ').waitFor();
    await write('not the password', 'another four words', 'another four words');
    await page.getByText('The login or the password is wrong.').waitFor();
    await write(PASSWORD, 'another four words', 'another four words');
    await page.getByText('The password was changed.').waitFor();
    await write('another four words', PASSWORD, PASSWORD);
    await page.waitForFunction(() => (document.querySelector('input[name=current]') as HTMLInputElement | null)?.value === '');
    await leave(translator);
  });
});

describe.each([
  { language: 'ar', width: 1440, theme: 'light' },
  { language: 'en', width: 390, theme: 'dark' },
] as const)('in $language, $width wide', ({ language, width, theme }) => {
  it('axe finds nothing on accounts and on one\'s own, and nothing sticks out', async () => {
    const visitor = await signedIn(site, 'admin', `/${language}/desk/users`, { width, theme });
    await visitor.page.locator('.desk-item').first().click();
    await visitor.page.locator('.desk-peek .edit').waitFor();
    for (const path of ['users', 'me']) {
      if (path === 'me') await visitor.page.goto(`${site.server.address}/${language}/desk/me`);
      await visitor.page.locator('.desk h1').waitFor();
      expect(await barriers(visitor.page), path).toEqual([]);
      expect(await visitor.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), path).toBeLessThanOrEqual(0);
      if (process.env['PICTURES']) await visitor.page.screenshot({ path: `${process.env['PICTURES']}/${path}-${language}-${width}.png` });
    }
    await leave(visitor);
  });
});
