import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { leave, signedIn } from './desk';
import { served } from './served';
import { barriers } from './visitor';

const site = served({ editor: 'EDITOR', translator: 'TRANSLATOR', certifier: 'CERTIFIER', partner: 'ANALYST' });

/** Three people take nine steps one after the other. */
const MANY_STEPS_MS = 240_000;

const pdf = (text: string): Buffer => Buffer.from(`%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n% ${text}\ntrailer<</Root 1 0 R>>\n%%EOF\n`);
/** A file of more than the server keeps. */
const large = (): string => {
  const path = join(mkdtempSync(join(tmpdir(), 'taawun-large-')), 'large.pdf');
  writeFileSync(path, Buffer.alloc(27 * 1024 * 1024, '%PDF-1.4 '));
  return path;
};
const step = async (page: Page, name: string): Promise<void> => {
  await page.locator('.desk-peek').getByRole('button', { name: new RegExp(`^${name}( [SR])?$`) }).click();
};

describe('requests for translation', () => {
  it('go from asked for to delivered, by those whose step it is, each with their word', async () => {
    const editor = await signedIn(site, 'editor', '/en/desk/requests');
    const peek = editor.page.locator('.desk-peek');
    await editor.page.getByRole('button', { name: 'New request' }).click();
    await peek.getByLabel('Title, in Arabic').fill('محضر الاجتماع السنوي');

    // What is no document, and what is too large, is refused in words; what was written stays.
    const document = peek.getByLabel('The document');
    await document.setInputFiles({ name: 'run.pdf', mimeType: 'application/pdf', buffer: Buffer.from('MZ\u0000\u0001 not a document') });
    await peek.getByText('Only these files are kept').waitFor();
    await document.setInputFiles(large());
    await peek.getByRole('alert').getByText('larger than 25 MB').waitFor();
    await document.setInputFiles({ name: 'minutes.pdf', mimeType: 'application/pdf', buffer: pdf('minutes') });
    await peek.getByText('minutes.pdf').waitFor();
    await expect.poll(() => peek.getByLabel('Title, in Arabic').inputValue()).toBe('محضر الاجتماع السنوي');
    await peek.getByLabel('From', { exact: true }).selectOption('ar');
    await peek.getByLabel('Into').selectOption('en');
    await peek.getByLabel('Wanted by').fill('2030-01-15');
    await peek.getByRole('button', { name: 'Save' }).click();
    await peek.getByRole('heading', { name: 'محضر الاجتماع السنوي' }).waitFor();

    // Whoever leads gives it to somebody whose account they need not see.
    const certifier = await signedIn(site, 'certifier', '/en/desk/requests');
    await certifier.page.locator('.desk-item', { hasText: 'محضر الاجتماع السنوي' }).click();
    const decide = certifier.page.locator('.desk-peek');
    await step(certifier.page, 'Assign');
    await decide.getByRole('alert').waitFor();
    await decide.getByLabel('Translator').selectOption({ label: 'translator, has 0 requests' });
    await step(certifier.page, 'Assign');
    await certifier.page.locator('.desk-item', { hasText: 'Assigned' }).waitFor();

    const translator = await signedIn(site, 'translator', '/en/desk/requests?mine=1');
    await translator.page.locator('.desk-item').first().click();
    // By keys alone: the letter leads to the step, and Enter takes it.
    await translator.page.locator('.desk-peek').getByRole('button', { name: 'Start translating' }).waitFor();
    await translator.page.keyboard.press('s');
    await translator.page.keyboard.press('Enter');
    await translator.page.locator('.desk-item', { hasText: 'In translation' }).waitFor();
    const works = translator.page.locator('.desk-peek');
    await works.getByLabel('Attach the translation').setInputFiles({ name: 'minutes-en.pdf', mimeType: 'application/pdf', buffer: pdf('in English') });
    await works.getByRole('link', { name: 'minutes-en.pdf' }).waitFor();
    await works.getByLabel('Comment').fill('Two names are not certain');
    await step(translator.page, 'Hand in for revision');
    await translator.page.locator('.desk-item', { hasText: 'In revision' }).waitFor();

    // Sent back only with a word, then certified, and handed over by who asked for it.
    await certifier.page.reload();
    await decide.getByText('Two names are not certain').waitFor();
    await step(certifier.page, 'Send back');
    await decide.getByRole('alert').waitFor();
    await decide.getByLabel('Comment (needed to send back)').fill('Ask the chairman');
    await step(certifier.page, 'Send back');
    await certifier.page.locator('.desk-item', { hasText: 'Returned' }).waitFor();
    await translator.page.reload();
    await works.getByText('Ask the chairman').waitFor();
    await step(translator.page, 'Start translating');
    await translator.page.locator('.desk-item', { hasText: 'In translation' }).waitFor();
    await step(translator.page, 'Hand in for revision');
    await translator.page.locator('.desk-item', { hasText: 'In revision' }).waitFor();
    await certifier.page.reload();
    await step(certifier.page, 'Certify');
    await certifier.page.locator('.desk-item', { hasText: 'Certified' }).waitFor();
    await editor.page.reload();
    await step(editor.page, 'Delivered');
    await editor.page.locator('.desk-item', { hasText: 'محضر الاجتماع السنوي' }).waitFor({ state: 'detached' });
    await editor.page.getByLabel('State').selectOption('DELIVERED');
    await editor.page.locator('.desk-item', { hasText: 'محضر الاجتماع السنوي' }).click();
    await expect.poll(() => peek.locator('.requests-steps li').count()).toBeGreaterThanOrEqual(9);
    const handed = editor.page.waitForEvent('download');
    await peek.getByRole('link', { name: 'minutes-en.pdf' }).click();
    expect((await handed).suggestedFilename()).toBe('minutes-en.pdf');
    await leave(editor, certifier, translator);
  }, MANY_STEPS_MS);

  it('are read by who may not change them, without a step to take', async () => {
    const analyst = await signedIn(site, 'partner', '/en/desk/requests?state=DELIVERED');
    await analyst.page.locator('.desk-item').first().click();
    await analyst.page.locator('.desk-peek').getByText('No step of this request is yours now.').waitFor();
    expect(await analyst.page.getByRole('button', { name: 'New request' }).count()).toBe(0);
    expect(await analyst.page.getByRole('link', { name: 'People' }).count()).toBe(0);
    await leave(analyst);
  });
});

describe.each([
  { language: 'ar', width: 1440, theme: 'light' },
  { language: 'en', width: 390, theme: 'dark' },
] as const)('in $language, $width wide', ({ language, width, theme }) => {
  it('axe finds nothing on requests and the glossary, and nothing sticks out', async () => {
    const visitor = await signedIn(site, 'certifier', `/${language}/desk/requests?state=DELIVERED`, { width, theme });
    for (const path of ['requests', 'glossary']) {
      if (path === 'requests') await visitor.page.locator('.desk-item').first().click();
      else {
        await visitor.page.goto(`${site.server.address}/${language}/desk/glossary?item=new`);
        await visitor.page.locator('.desk-peek .edit').waitFor();
      }
      await visitor.page.locator('.desk-peek h2').first().waitFor();
      expect(await barriers(visitor.page), path).toEqual([]);
      expect(await visitor.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), path).toBeLessThanOrEqual(0);
      if (process.env['PICTURES']) await visitor.page.screenshot({ path: `${process.env['PICTURES']}/${path}-${language}-${width}.png` });
    }
    await leave(visitor);
  });
});
