import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { leave, signedIn } from './desk';
import { BINARY } from './server';
import { served } from './served';
import { barriers } from './visitor';

const site = served({ translator: 'TRANSLATOR', analyst: 'ANALYST' });
const run = promisify(execFile);

/** Imports a file on the server's data, as whoever runs the server does. */
async function bring(kind: 'units' | 'rates' | 'iati', name: string, text: string): Promise<void> {
  const file = join(mkdtempSync(join(tmpdir(), 'taawun-import-')), name);
  writeFileSync(file, text);
  const { DATABASE_URL: _, ...environment } = process.env;
  // One that is refused ends with an error, which is what is looked at here.
  await run(BINARY, ['import', kind, '--data', site.server.data, file], { env: environment }).catch(() => undefined);
}

describe('the code lists', () => {
  it('are read by all who enter records, changed by administrators: named, added to, withdrawn', async () => {
    const admin = await signedIn(site, 'admin', '/en/desk/codelists?list=UNSDG-Goals');
    const { page } = admin;
    const peek = page.locator('.desk-peek');
    await page.getByRole('button', { name: 'New code' }).click();
    await peek.getByLabel('Code', { exact: true }).fill('99');
    await peek.getByLabel('Name, in Arabic').fill('هدف محلي');
    await peek.getByRole('button', { name: 'Save' }).click();
    await peek.getByRole('button', { name: 'Withdraw the code' }).waitFor();
    await page.locator('.desk-item', { hasText: 'هدف محلي' }).waitFor();
    await peek.getByLabel('Name, in Arabic').fill('هدف سوري');
    await peek.getByRole('button', { name: 'Save' }).click();
    await page.locator('.desk-item', { hasText: 'هدف سوري' }).waitFor();
    await peek.getByRole('button', { name: 'Withdraw the code' }).click();
    await page.locator('.desk-item', { hasText: 'هدف سوري' }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Withdrawn' }).click();
    await page.locator('.desk-item', { hasText: 'هدف سوري' }).waitFor();

    // The codes of an enumeration belong to the system.
    await page.goto(`${site.server.address}/en/desk/codelists?list=Taawun-AgreementStatus`);
    await page.locator('.desk-item').first().click();
    await peek.getByText('The codes of this list belong to the system').waitFor();
    expect(await page.getByRole('button', { name: 'New code' }).count()).toBe(0);

    const analyst = await signedIn(site, 'analyst', '/en/desk/codelists');
    await analyst.page.locator('.desk-item').first().click();
    await analyst.page.locator('.desk-peek h2').waitFor();
    expect(await analyst.page.locator('.desk-peek form').count()).toBe(0);
    await leave(admin, analyst);
  });
});

describe('the page of imports', () => {
  it('shows what an import brought, and what another refused with the reason of each line', async () => {
    await bring('rates', 'syp.csv', 'Base,Currency,Date,Rate\nUSD,SYP,2024-01-31,13000.5\n');
    await bring('rates', 'wrong.csv', 'Base,Currency,Date,Rate\nUSD,SYP,2024-01-31,-5\n');
    const analyst = await signedIn(site, 'analyst', '/en/desk/imports');
    const { page } = analyst;
    const peek = page.locator('.desk-peek');
    await page.locator('.desk-item', { hasText: 'syp.csv' }).click();
    await peek.getByText('1 new').waitFor();
    await page.locator('.desk-item', { hasText: 'wrong.csv' }).click();
    await peek.getByText('wrong.csv:2').waitFor();
    await page.getByRole('rowheader', { name: 'syp.csv' }).waitFor();
    await page.getByLabel('State').selectOption('REFUSED');
    await page.locator('.desk-item', { hasText: 'syp.csv' }).waitFor({ state: 'detached' });

    // The reason and the summary are told in the language of the page.
    await page.goto(`${site.server.address}/ar/desk/imports`);
    await page.locator('.desk-item', { hasText: 'wrong.csv' }).click();
    const reason = peek.locator('.imports-findings p');
    await reason.filter({ hasText: 'ليس فوق الصفر' }).waitFor();
    expect(await reason.getAttribute('lang')).toBe('ar');
    expect(await reason.evaluate((told) => getComputedStyle(told).direction)).toBe('rtl');
    if (process.env['PICTURES']) await page.screenshot({ path: `${process.env['PICTURES']}/imports-refused.png` });
    await page.locator('.desk-item', { hasText: 'syp.csv' }).click();
    await peek.locator('.imports-summary', { hasText: 'وما بقي كما كان' }).waitFor();
    await leave(analyst);
  });

  it('says in words where a finding is, beside the path for whoever mends the file', async () => {
    await bring('iati', 'dirty.xml', readFileSync(fileURLToPath(new URL('../../db/iati/testdata/dirty.xml', import.meta.url)), 'utf8'));
    const analyst = await signedIn(site, 'analyst', '/ar/desk/imports');
    const { page } = analyst;
    await page.locator('.desk-item', { hasText: 'dirty' }).click();
    const finding = page.locator('.imports-findings li', { hasText: 'iati-activity/transaction[3]/value' });
    await finding.getByText('الموضع: dirty.xml، السطر 28، النشاط › المعاملة 3 › القيمة').waitFor();
    await finding.getByText('النشاط XM-DIRTY-1').waitFor();
    await leave(analyst);
  });

  it('is not for everybody', async () => {
    const translator = await signedIn(site, 'translator', '/en/desk/imports');
    await translator.page.getByText('This page is for those who edit, analyse or administer the register.').waitFor();
    expect(await translator.page.getByRole('link', { name: 'Imports' }).count()).toBe(0);
    await leave(translator);
  });
});

describe.each([
  { language: 'ar', width: 1440, theme: 'light' },
  { language: 'en', width: 390, theme: 'dark' },
] as const)('in $language, $width wide', ({ language, width, theme }) => {
  it('axe finds nothing on code lists and imports, and nothing sticks out', async () => {
    const visitor = await signedIn(site, 'admin', `/${language}/desk/codelists`, { width, theme });
    for (const path of ['codelists', 'imports']) {
      if (path === 'imports') await visitor.page.goto(`${site.server.address}/${language}/desk/imports`);
      await visitor.page.locator('.desk-item').first().click();
      await visitor.page.locator('.desk-peek h2').first().waitFor();
      expect(await barriers(visitor.page), path).toEqual([]);
      expect(await visitor.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), path).toBeLessThanOrEqual(0);
      if (process.env['PICTURES']) await visitor.page.screenshot({ path: `${process.env['PICTURES']}/${path}-${language}-${width}.png` });
    }
    await leave(visitor);
  });
});
