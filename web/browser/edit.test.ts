import { describe, expect, it } from 'vitest';
import { leave, signedIn } from './desk';
import { PASSWORD, person } from './people';
import { served } from './served';
import { barriers } from './visitor';

const site = served({ editor: 'EDITOR', approver: 'APPROVER' });

describe('a form', () => {
  it('enters a record, says at the field what is wrong, keeps what was written, and settles field by field what two people wrote', async () => {
    const editor = await signedIn(site, 'editor', '/en/desk/drafts');
    const { page } = editor;
    await page.getByRole('link', { name: 'New agreement' }).click();
    await page.getByRole('heading', { name: 'New agreement' }).waitFor();
    await page.getByLabel('Title, in Arabic').fill('مذكرة تفاهم للاختبار');
    await page.getByLabel('Title, in English').fill('Memorandum of the test');
    await page.getByLabel('Kind').selectOption('MEMORANDUM');
    await page.getByLabel('Status').selectOption('SIGNED');
    await page.getByLabel('Signed on').fill('2026-10-01');
    await page.getByLabel('Expires on').fill('2020-01-01');
    await page.keyboard.press('Control+s');
    const expiry = page.locator('.edit-field', { has: page.getByLabel('Expires on') });
    await expiry.getByRole('alert').waitFor();

    // Closed and opened again, with the connection lost: everything is still there.
    await page.reload();
    await page.getByLabel('Expires on').waitFor();
    await expect.poll(() => page.getByLabel('Title, in Arabic').inputValue()).toBe('مذكرة تفاهم للاختبار');
    await page.getByLabel('Expires on').fill('2029-10-01');
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => page.getByLabel('Expires on').inputValue()).toBe('01/01/2020');
    await page.getByLabel('Expires on').fill('2029-10-01');
    await page.context().setOffline(true);
    await page.keyboard.press('Control+s');
    await page.getByText('The server cannot be reached').waitFor();
    await page.getByText('No connection to the server. Go on writing').waitFor();
    await page.context().setOffline(false);
    await page.getByText('Connected', { exact: true }).waitFor();
    await page.keyboard.press('Control+s');
    await page.waitForURL(/\/en\/desk\/edit\/agreement\/agr_/);
    const path = new URL(page.url()).pathname;
    await page.getByText('No changes.').waitFor();

    // Two at once: the second learns of it, field by field, and chooses.
    const approver = await signedIn(site, 'approver', path);
    const other = approver.page;
    // A draft saves itself; the second writes without a connection, and hears of nothing.
    await other.context().setOffline(true);
    await other.getByLabel('Title, in English').fill('Memorandum of the approver');
    await other.getByLabel('Duration in months').fill('36');
    await page.getByLabel('Title, in English').fill('Memorandum of the editor');
    await page.getByLabel('Days of notice').fill('60');
    await page.getByText(/^Saved at \d\d:\d\d/).waitFor();
    await other.context().setOffline(false);
    await other.keyboard.press('Control+s');
    await other.getByText('Somebody else wrote:').waitFor();
    expect(await other.locator('.edit-theirs q').allInnerTexts()).toEqual(['Memorandum of the editor']);
    await expect.poll(() => other.getByLabel('Days of notice').inputValue()).toBe('60');
    await expect.poll(() => other.getByLabel('Title, in English').inputValue()).toBe('Memorandum of the approver');
    // Nothing is written over before that, neither by button nor by key.
    const sent: string[] = [];
    other.on('request', (request) => {
      if (request.postData()?.includes('EditUpdateAgreement')) sent.push(request.url());
    });
    expect(await other.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
    await other.keyboard.press('Control+s');
    await other.getByRole('button', { name: 'Take theirs' }).click();
    expect(sent).toEqual([]);
    await other.keyboard.press('Control+s');
    await other.getByText(/^Saved at/).waitFor();
    // The first hears of it at once, and sees it.
    await page.getByText(/^approver changed this record at/).waitFor();
    await expect.poll(() => page.getByLabel('Duration in months').inputValue()).toBe('36');
    await other.reload();
    await other.getByLabel('Title, in English').waitFor();
    await expect.poll(() => other.getByLabel('Title, in English').inputValue()).toBe('Memorandum of the editor');
    await expect.poll(() => other.getByLabel('Duration in months').inputValue()).toBe('36');
    await expect.poll(() => other.getByLabel('Days of notice').inputValue()).toBe('60');
    await leave(editor, approver);
  });

  it('enters the parts of a record: links found as one types, refusals at their part, parts taken out and put back', async () => {
    const visitor = await signedIn(site, 'editor', '/en/desk/edit/agreement/new');
    const { page } = visitor;
    await page.getByLabel('Title, in English').fill('Agreement with parts');
    await page.getByLabel('Kind', { exact: true }).first().selectOption('MEMORANDUM');
    await page.getByLabel('Status').selectOption('NEGOTIATION');
    const parties = page.getByRole('region', { name: 'Parties' });
    for (const words of ['Ministry of Local', 'Agency for Development']) {
      await parties.getByRole('button', { name: 'Add a party' }).click();
      const party = parties.locator('details').last();
      await party.getByRole('combobox', { name: 'Organization' }).fill(words);
      await party.getByRole('option', { name: words }).first().waitFor();
      await page.keyboard.press('Enter');
      await party.getByLabel('Role').selectOption('PARTY');
    }
    // Enter takes no hit of fewer letters than stand in the field: not while the answer to the others is awaited, by no step of the arrows either.
    const last = parties.locator('details').last().getByRole('combobox', { name: 'Organization' });
    const marked = parties.locator('.edit-picker').last().getByRole('option', { selected: true });
    await last.fill('Agency');
    await marked.waitFor();
    let answer = (): void => undefined;
    const awaited = new Promise<void>((resolve) => (answer = resolve));
    await page.route('**/graphql', async (route) => {
      if (route.request().postData()?.includes('PickRecords')) await awaited;
      await route.continue();
    });
    await last.pressSequentially(' for Dev');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect([await last.inputValue(), await last.getAttribute('aria-expanded'), await last.getAttribute('aria-activedescendant')]).toEqual(['Agency for Dev', 'true', null]);
    answer();
    await marked.filter({ hasText: 'Agency for Development' }).waitFor();
    await page.keyboard.press('Enter');
    await expect.poll(() => last.getAttribute('aria-expanded')).toBe('false');
    expect(await last.inputValue()).toContain('Agency for Development');
    await page.unroute('**/graphql');
    // The kind of an obligation is asked for where it is missing.
    const obligations = page.getByRole('region', { name: 'Obligations' });
    await obligations.getByRole('button', { name: 'Add an obligation' }).click();
    await obligations.getByLabel('How often').selectOption('FREQ=YEARLY');
    await obligations.getByLabel('Due on').fill('2027-03-31');
    await page.keyboard.press('Control+s');
    await obligations.locator('.edit-field', { has: page.getByLabel('Kind') }).getByRole('alert').waitFor();
    await obligations.getByLabel('Kind').selectOption('REPORT');
    await obligations.getByLabel('Text, in English').fill('A yearly report');
    await page.getByRole('combobox', { name: 'Link a place' }).fill('Aleppo');
    await page.getByRole('option', { name: /Aleppo/ }).first().click();
    await page.keyboard.press('Control+s');
    await page.waitForURL(/\/en\/desk\/edit\/agreement\/agr_/);
    await page.getByText('No changes.').waitFor();

    await page.reload();
    await parties.getByText('Ministry of Local').waitFor();
    await expect.poll(() => parties.locator('details').count()).toBe(2);
    await expect.poll(() => obligations.locator('summary').innerText()).toContain('A yearly report');
    await expect.poll(() => page.locator('.edit-links li').innerText()).toContain('Aleppo');
    const first = parties.locator('details').first();
    await first.locator('summary').click();
    // Nothing saves itself in between.
    await page.context().setOffline(true);
    await first.getByRole('button', { name: 'Remove' }).click();
    await parties.getByRole('button', { name: 'Put back' }).click();
    await page.getByText('No changes.').waitFor();
    await page.context().setOffline(false);
    await first.getByRole('button', { name: 'Remove' }).click();
    await page.keyboard.press('Control+s');
    await page.getByText(/^Saved at/).waitFor();
    await page.reload();
    await parties.locator('details').first().waitFor();
    await expect.poll(() => parties.locator('details').count()).toBe(1);
    await leave(visitor);
  });

  it('takes numbers and days as people write them, names what is missing, and loses nothing when the session ends meanwhile', async () => {
    const visitor = await signedIn(site, 'editor', '/en/desk/edit/agreement/new');
    const { page } = visitor;
    await page.getByLabel('Title, in English').fill('Agreement of the lost session');
    const months = page.getByLabel('Duration in months');
    const amount = page.getByLabel('Envelope, amount');
    const signed = page.getByLabel('Signed on').first();
    for (const [field, written, read] of [[months, '٣٦', '36'], [amount, '١٬٢٣٤٬٥٦٧٫٥', '1234567.5'], [amount, '1,234,567', '1234567'], [signed, '١٤/٣/٢٠٢٦', '14/03/2026']] as const) {
      await page.evaluate((text) => navigator.clipboard.writeText(text), written);
      await field.click();
      await page.keyboard.press('Control+a');
      await page.keyboard.press('Control+v');
      await field.blur();
      await expect.poll(() => field.inputValue()).toBe(read);
    }
    await page.getByLabel('Envelope, currency').fill('usd');
    // What is no day stays where it was written, and is said to be none; the day before it stays.
    await signed.fill('31/2/2026');
    await signed.blur();
    await page.getByText('This is no day. Write it as day/month/year').waitFor();
    await page.getByText('14 Mar 2026').waitFor({ state: 'detached' });
    await signed.fill('15.3.2026');
    await signed.blur();
    await page.getByText('15 Mar 2026').waitFor();
    expect(await signed.inputValue()).toBe('15/03/2026');
    // A field that is missing is named where it stands; a button pressed twice sends once.
    await page.getByRole('button', { name: 'Save' }).dblclick();
    await page.locator('.edit-field', { has: page.getByLabel('Kind', { exact: true }) }).getByText('This is needed.').waitFor();
    await page.getByLabel('Kind', { exact: true }).first().selectOption('MEMORANDUM');
    await page.getByLabel('Status').first().selectOption('NEGOTIATION');
    await page.context().clearCookies();
    await page.keyboard.press('Control+s');
    await page.waitForURL('**/en/sign-in?next=*');
    await page.getByText('What you wrote and did not send is kept in this browser.').waitFor();
    await page.locator('input[name=login]').fill('editor');
    await page.locator('input[name=password]').fill(PASSWORD);
    await page.locator('form button[type=submit]').click();
    await page.getByLabel('Title, in English').waitFor();
    await expect.poll(() => page.getByLabel('Title, in English').inputValue()).toBe('Agreement of the lost session');
    await expect.poll(() => page.getByLabel('Envelope, currency').inputValue()).toBe('USD');
    await page.keyboard.press('Control+s');
    await page.waitForURL(/\/en\/desk\/edit\/agreement\/agr_/);
    await leave(visitor);
  });

  it('does not show to the next at the same device what somebody has left', async () => {
    const visitor = await signedIn(site, 'editor', '/en/desk/edit/organization/new');
    const { page } = visitor;
    await page.getByLabel('Acronym').fill('SECRET');
    await page.getByRole('button', { name: 'Sign out' }).click();
    for (const [login, left] of [['approver', ''], ['editor', 'SECRET']] as const) {
      await page.locator('input[name=login]').fill(login);
      await page.locator('input[name=password]').fill(PASSWORD);
      await page.locator('form button[type=submit]').click();
      await page.getByLabel('Acronym').waitFor();
      await expect.poll(() => page.getByLabel('Acronym').inputValue()).toBe(left);
      await page.getByRole('button', { name: 'Sign out' }).click();
    }
    await leave(visitor);
  });

  it('is reached from a published record, and its change waits', async () => {
    const editor = await signedIn(site, 'editor', '/en/desk');
    const { page } = editor;
    await page.goto(`${site.server.address}/en/organizations?sort=CODE`);
    await page.locator('tbody th a').first().click();
    await page.getByRole('link', { name: 'Edit this record' }).click();
    await page.getByLabel('Acronym').fill('TEST');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Kept as a change of a published record').waitFor();
    // Whoever comes back goes on where the change was left, its new parts included.
    const name = page.getByRole('region', { name: 'Other names' });
    await name.getByRole('button', { name: 'Add a name' }).click();
    await name.getByLabel('Name').last().fill('Name of the test');
    await name.getByLabel('Language').last().fill('en');
    await page.keyboard.press('Control+s');
    await expect.poll(() => page.locator('.edit-status').innerText()).toMatch(/^Kept as a change/);
    await page.reload();
    await page.getByText('Kept as a change of a published record').waitFor();
    expect(await page.getByLabel('Acronym').inputValue()).toBe('TEST');
    expect(await name.getByLabel('Name').last().inputValue()).toBe('Name of the test');
    await name.getByLabel('Name').last().fill('Second name of the test');
    await page.keyboard.press('Control+s');
    await expect.poll(() => page.locator('.edit-status').innerText()).toMatch(/^Kept as a change/);
    expect(await name.getByLabel('Name').last().inputValue()).toBe('Second name of the test');
    const form = page.url();
    await page.getByRole('status').getByRole('link', { name: 'Drafts' }).click();
    await page.locator('.desk-item', { hasText: /4 fields/ }).first().waitFor();
    // While others look at it, nobody writes on, and the form says so before anybody tries.
    const id = new URL(form).pathname.split('/').at(-1) ?? '';
    const { ask } = await person(site.server, 'editor');
    const { organization } = (await ask('query($id: ID!) { organization(by: { id: $id }) { version } }', { id })) as { organization: { version: number } };
    await ask('mutation($input: RecordInput!) { submitRecord(input: $input) { userErrors { message } } }', { input: { id, version: organization.version } });
    await page.goto(form);
    await page.getByText('the waiting change has been handed in; withdraw it first').waitFor();
    await leave(editor);
  });
});

describe.each([
  { language: 'ar', width: 1440, theme: 'light' },
  { language: 'en', width: 390, theme: 'dark' },
] as const)('in $language, $width wide', ({ language, width, theme }) => {
  it('axe finds nothing on the open parts of an agreement, and nothing sticks out', async () => {
    const visitor = await signedIn(site, 'editor', `/${language}/desk/edit/agreement/new`, { width, theme });
    for (const add of await visitor.page.locator('.edit-parts > header button').all()) await add.click();
    await expect.poll(() => visitor.page.locator('details[open]').count()).toBeGreaterThan(0);
    expect(await barriers(visitor.page)).toEqual([]);
    expect(await visitor.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0);
    await leave(visitor);
  });

  it.each(['agreement', 'project', 'organization'])('axe finds nothing on the form of a new %s, and nothing sticks out', async (kind) => {
    const visitor = await signedIn(site, 'editor', `/${language}/desk/edit/${kind}/new`, { width, theme });
    expect(await barriers(visitor.page)).toEqual([]);
    expect(await visitor.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0);
    await leave(visitor);
  });
});
