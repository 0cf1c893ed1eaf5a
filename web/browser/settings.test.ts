import { describe, expect, it } from 'vitest';
import { leave, signedIn } from './desk';
import { person } from './people';
import { served } from './served';
import { barriers } from './visitor';

const site = served({ editor: 'EDITOR', approver: 'APPROVER', analyst: 'ANALYST' });

describe('the units of the ministry', () => {
  it('are added and changed by administrators, with who works for them and what they keep; none is a part of itself', async () => {
    const admin = await signedIn(site, 'admin', '/en/desk/ministry');
    const { page } = admin;
    const peek = page.locator('.desk-peek');
    await page.keyboard.press('n');
    await peek.getByLabel('Short code').fill('ENV');
    await peek.getByLabel('Name, in English').fill('Environment Section');
    await peek.getByLabel('Name, in Arabic').fill('دائرة البيئة');
    await peek.getByLabel('Unit above').selectOption({ label: 'Projects and Funding Section' });
    await page.keyboard.press('Control+s');
    // The name in the second language waits for a review, and stays in the form.
    await page.locator('.desk-item[aria-pressed=true]', { hasText: 'دائرة البيئة' }).waitFor();
    await expect.poll(() => peek.getByLabel('Name, in English').inputValue()).toBe('Environment Section');

    await page.locator('.desk-item', { hasText: 'Projects and Funding Section' }).click();
    await peek.getByText('Nobody has a role for this unit alone.').waitFor();
    await expect.poll(async () => Number(await peek.locator('dl div', { hasText: 'Projects' }).locator('dd').innerText())).toBeGreaterThan(0);
    await peek.getByLabel('Unit above').selectOption({ label: 'دائرة البيئة' });
    await peek.getByRole('button', { name: 'Save' }).click();
    await peek.locator('[data-field=parentId]').getByText('A record cannot be a part of itself').waitFor();
    await peek.getByRole('button', { name: 'Undo' }).click();
    expect(await barriers(page)).toEqual([]);

    // Who is given a role for the unit stands there.
    const root = await person(site.server, 'admin');
    const { ministryUnits, accounts } = (await root.ask('{ ministryUnits(where: { code: { eq: "ENV" } }) { nodes { id } } accounts(where: { login: { eq: "editor" } }) { nodes { id version } } }', {})) as {
      ministryUnits: { nodes: { id: string }[] };
      accounts: { nodes: { id: string; version: number }[] };
    };
    await root.ask('mutation($input: UpdateAccountInput!) { updateAccount(input: $input) { userErrors { message } } }', {
      input: { ...accounts.nodes[0], account: { roles: { save: [{ role: 'TRANSLATOR', ministryUnitId: ministryUnits.nodes[0]?.id }] } } },
    });
    await page.locator('.desk-item', { hasText: 'دائرة البيئة' }).click();
    await page.getByRole('region', { name: 'Who works for it' }).getByRole('link', { name: 'editor' }).waitFor();
    await leave(admin);
  });

  it('are read, not changed, by others who keep the register', async () => {
    const analyst = await signedIn(site, 'analyst', '/ar/desk/ministry', { width: 390 });
    const { page } = analyst;
    await page.locator('.desk-item').first().click();
    await page.locator('.desk-peek dl').waitFor();
    expect(await page.locator('.desk-peek').getByRole('button', { name: /احفظ/ }).count()).toBe(0);
    expect(await page.getByRole('button', { name: 'وحدة جديدة' }).count()).toBe(0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    expect(await barriers(page)).toEqual([]);
    await leave(analyst);
  });
});

describe('the working languages', () => {
  it('are added by their names and removed with a word on what stays; others only read them', async () => {
    const admin = await signedIn(site, 'admin', '/en/desk/languages');
    const { page } = admin;
    const add = page.locator('.languages-add');
    const tag = add.getByLabel(/^Tag of the language/);
    await tag.fill('qq');
    await add.getByText('No language has this tag.').waitFor();
    expect(await add.getByRole('button', { name: 'Add', exact: true }).isDisabled()).toBe(true);
    await tag.fill('en');
    await add.getByText('This language is there already.').waitFor();
    await tag.fill('fr');
    await add.getByText('This is: French.').waitFor();
    expect(await barriers(page)).toEqual([]);
    await add.getByRole('button', { name: 'Add French' }).click();
    const french = page.locator('.languages-list > li', { has: page.getByRole('heading', { name: /^French/ }) });
    await french.getByRole('link', { name: /missing$/ }).waitFor();

    const analyst = await signedIn(site, 'analyst', '/ar/desk/languages');
    await analyst.page.getByRole('heading', { name: /^الفرنسية/ }).waitFor();
    expect(await analyst.page.locator('.languages-add, .languages-remove').count()).toBe(0);
    expect(await barriers(analyst.page)).toEqual([]);

    await french.getByText('Remove French', { exact: true }).click();
    await french.getByText('Its texts stay').waitFor();
    await french.getByRole('button', { name: 'Remove French from the working languages' }).click();
    await french.waitFor({ state: 'detached' });
    await leave(admin, analyst);
  });
});

describe('an administrative unit', () => {
  it('is changed from its page with its parts; the change stays in the form until it is published', async () => {
    const reader = await person(site.server, 'analyst');
    const { administrativeUnits } = (await reader.ask('{ administrativeUnits(where: { level: { eq: 2 } }, first: 1) { nodes { id } } }', {})) as { administrativeUnits: { nodes: { id: string }[] } };
    const id = administrativeUnits.nodes[0]?.id ?? '';
    const approver = await signedIn(site, 'approver', '/en/desk');
    const { page } = approver;
    await page.goto(`${site.server.address}/en/units/${id}`);
    await page.getByRole('link', { name: 'Edit this record' }).click();
    await page.getByRole('heading', { name: /^Administrative unit/ }).waitFor();
    await page.getByRole('button', { name: 'Add a year' }).click();
    const years = page.locator('[data-field=populations]');
    await years.getByLabel('Year', { exact: true }).last().fill('2025');
    await years.getByLabel('Inhabitants').last().fill('12345');
    await page.getByLabel('Level').fill('4');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.locator('[data-field=level]').getByText('The level must be 2').waitFor();
    await page.getByLabel('Level').fill('2');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Kept as a change of a published record').waitFor();
    await page.reload();
    await expect.poll(() => years.getByLabel('Inhabitants').evaluateAll((fields) => fields.map((field) => (field as HTMLInputElement).value))).toContain('12345');
    expect(await barriers(page)).toEqual([]);

    await page.goto(`${site.server.address}/en/desk/drafts`);
    await page.locator('.desk-item', { hasText: 'Administrative unit' }).click();
    await page.locator('.desk-peek').getByText('12,345').waitFor();
    await page.locator('.desk-peek').getByRole('button', { name: /^Publish/ }).click();
    await page.locator('.desk-item', { hasText: 'Administrative unit' }).waitFor({ state: 'detached' });
    await page.goto(`${site.server.address}/en/units/${id}`);
    await page.getByText('12,345 (2025)').waitFor();
    await leave(approver);
  });

  it('is begun by those who write for the whole ministry, from everywhere that records begin', async () => {
    const admin = await signedIn(site, 'admin', '/en/desk');
    const { page } = admin;
    await page.keyboard.press('c');
    const menu = page.locator('.desk-begin');
    expect(await menu.getByRole('link').allInnerTexts()).toEqual(['New administrative unit', 'New page of the portal']);
    await menu.getByRole('link', { name: 'New administrative unit' }).click();
    await page.getByLabel('Name, in English').fill('A new community');
    await page.getByLabel('P-code').fill('C9999');
    await page.getByLabel('Level').fill('4');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.waitForURL('**/en/desk/edit/administrativeunit/unt_*');
    const analyst = await signedIn(site, 'analyst', '/en/desk');
    await analyst.page.goto(`${site.server.address}/en/units?q=C9999`);
    await analyst.page.locator('.explore-table tbody tr').getByText('Draft').waitFor();
    await analyst.page.getByRole('link', { name: 'A new community' }).click();
    await analyst.page.getByRole('region', { name: 'Where this record stands' }).waitFor();
    expect(await analyst.page.getByRole('link', { name: 'Edit this record' }).count()).toBe(0);
    await analyst.page.goto(page.url());
    await analyst.page.getByRole('heading', { name: 'This page is not for your roles' }).waitFor();
    await leave(admin, analyst);
  });
});
