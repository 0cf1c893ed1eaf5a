import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { toFragment } from '../src/playground/share';
import { served } from './served';
import { type Visit, type Visitor, barriers, editorStands, visit } from './visitor';

const site = served();
const visitors: Visitor[] = [];

afterEach(async () => {
  const left = visitors.splice(0);
  const complaints = left.flatMap((visitor) => visitor.complaints);
  await Promise.all(left.map((visitor) => visitor.leave()));
  // Whatever a test did: nothing left our origin, nothing broke the policy, nothing was thrown.
  expect(complaints).toEqual([]);
});

async function open(wish: Omit<Visit, 'address'> = {}): Promise<Page> {
  const visitor = await visit(site.browser, { address: site.server.address, ...wish });
  visitors.push(visitor);
  return visitor.page;
}

/** Runs the operation in the editor and waits for its answer. */
async function run(page: Page): Promise<void> {
  await page.locator('.query .primary').click();
  await page.locator('.facts span').first().waitFor();
  await page.waitForFunction(() => document.querySelector('.result')?.getAttribute('aria-busy') === 'false');
}

/** The text of an editor as it is drawn, blanks made plain. */
async function drawn(page: Page, pane: string): Promise<string> {
  const lines = await page.locator(`${pane} .view-line`).allInnerTexts();
  return lines.join('\n').replaceAll('\u00A0', ' ');
}

describe('the playground', () => {
  it('opens in Arabic with examples as tabs, and answers in Arabic', async () => {
    const page = await open();
    await expect.poll(() => page.locator('html').getAttribute('lang')).toBe('ar');
    await expect.poll(() => page.locator('html').getAttribute('dir')).toBe('rtl');
    expect(await page.title()).toContain('تعاون');
    expect(await page.locator('.tab').allInnerTexts()).toContain('من المنظمة إلى الأماكن، وعودة');
    await run(page);
    const result = await drawn(page, '.result-json');
    expect(result).toContain('"organizations"');
    expect(result).toMatch(/"text": "[^"]*\p{Script=Arabic}{3}/u);
    expect(await page.locator('.facts-errors').count()).toBe(0);
    const strings = page.locator('.result-json .view-line span', { hasText: /^"[^"]*\p{Script=Arabic}/u });
    expect(await strings.first().evaluate((string) => getComputedStyle(string).unicodeBidi)).toBe('plaintext');
  });

  it('answers every example without an error', async () => {
    const page = await open({ language: 'en' });
    const examples = page.locator('.example');
    for (let index = 0; index < (await examples.count()); index++) {
      await examples.nth(index).click();
      const title = await examples.nth(index).locator('.example-title').innerText();
      await page.locator(`.tabs li[data-active=true] .tab[title="${title}"]`).waitFor();
      await run(page);
      await expect.poll(() => drawn(page, '.result-json'), { message: title }).toContain('"data"');
      expect(await page.locator('.errors').count(), title).toBe(0);
    }
  });

  it('finds a word however it is spelt', async () => {
    const page = await open();
    await page.locator('.example').nth(1).click();
    await run(page);
    await expect.poll(() => drawn(page, '.result-json')).toMatch(/<mark>[^<]*مياه/u);
  });

  it('shows the manual, the explorer and the history', async () => {
    const query = 'query Small { projects(first: 1) { totalCount } }';
    const page = await open({ language: 'en', path: '/playground' + toFragment({ query, variables: '' }) });
    await page.getByRole('button', { name: 'Manual' }).click();
    await page.getByRole('link', { name: 'Query', exact: true }).click();
    await page.locator('.panel').getByText('Records of several kinds').waitFor();
    await page.getByRole('button', { name: 'Explorer' }).click();
    await page.locator('.graphiql-explorer-root [data-field-name=pageInfo]').click();
    await expect.poll(() => drawn(page, '.query')).toContain('pageInfo');
    await run(page);
    await expect.poll(() => drawn(page, '.result-json')).toContain('"pageInfo"');
    await page.getByRole('button', { name: 'History' }).click();
    await page.locator('.graphiql-history-items').getByText('Small').first().waitFor();
  });

  it('completes fields from the schema', async () => {
    const page = await open({ path: '/playground' + toFragment({ query: '{ projects { t } }', variables: '' }), language: 'en' });
    await page.locator('.query .view-line').first().click();
    await page.keyboard.press('Home');
    for (let step = 0; step < '{ projects { t'.length; step++) await page.keyboard.press('ArrowRight');
    await expect
      .poll(async () => {
        await page.keyboard.press('Control+Space');
        return page.locator('.suggest-widget').innerText();
      })
      .toContain('totalCount');
  });

  it('passes an operation on by a link', async () => {
    const page = await open();
    await page.getByRole('button', { name: 'المتغيرات' }).click();
    await page.locator('.inputs .view-line').first().click();
    await page.keyboard.insertText('{"text": "حلب"}');
    await page.locator('.tabs li').nth(1).locator('.tab').click();
    const query = await drawn(page, '.query > .editor');
    await page.getByRole('button', { name: 'انسخ الرابط' }).click();
    await page.getByRole('button', { name: 'نُسخ الرابط' }).waitFor();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    expect(link.startsWith(site.server.address + '/playground#q=')).toBe(true);

    const other = await open({ path: link.slice(site.server.address.length), language: 'en' });
    expect(await drawn(other, '.query > .editor')).toBe(query);
    expect(other.url()).toBe(site.server.address + '/playground');
    const shared = { query: 'query Shared($id: ID!) { node(id: $id) { id } }', variables: '{"id": "unt_1"}' };
    await other.evaluate((fragment) => (location.hash = fragment), toFragment(shared));
    await expect.poll(() => drawn(other, '.query > .editor')).toContain('query Shared');
    await run(other);
    await expect.poll(() => drawn(other, '.result-json')).toContain('"unt_1"');
  });

  it('says so when a link is damaged, and keeps the open tabs', async () => {
    const page = await open({ path: '/playground#q=damaged' });
    await expect.poll(() => page.locator('.notice').innerText()).toContain('تالف');
    await expect.poll(() => page.locator('.tab').count()).toBeGreaterThan(1);
  });

  it('shows an error in the language of the page', async () => {
    const query = '{ node(id: "nonsense") { id } }';
    const page = await open({ path: '/playground' + toFragment({ query, variables: '' }) });
    await run(page);
    await expect.poll(() => page.locator('.errors').innerText()).toMatch(/\p{Script=Arabic}/u);
    await expect.poll(() => page.locator('.errors').innerText()).toContain('BAD_USER_INPUT');
  });

  it('fetches all pages of a connection and writes them as CSV', async () => {
    const page = await open();
    await page.locator('.example', { hasText: 'جدول مشاريع' }).click();
    await page.locator('.query .view-line', { hasText: 'ProjectTable' }).waitFor(); // the new tab is there before its text
    await run(page);
    await page.getByRole('button', { name: 'جدول وCSV', exact: true }).click();
    await expect.poll(() => page.locator('.table-bar select').inputValue()).toBe('projects.nodes');
    await page.getByRole('button', { name: 'اجلب كل الصفحات' }).click();
    await page.locator('.table-note', { hasText: 'اكتملت' }).waitFor();
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'نزّل CSV' }).click()]);
    expect(file.suggestedFilename()).toBe('taawun-projects.csv');
    const text = readFileSync(await file.path(), 'utf8');
    expect(text.startsWith('\uFEFFcode,arabic,english,status')).toBe(true);
    expect(text).toMatch(/\p{Script=Arabic}{4}/u);
    const answer = await page.request.post(site.server.address + '/graphql', { data: { query: '{ projects(first: 1) { totalCount } }' } });
    const { data } = (await answer.json()) as { data: { projects: { totalCount: number } } };
    const codes = text.trimEnd().split('\r\n').slice(1).map((line) => line.split(',')[0]);
    expect(codes.length).toBe(data.projects.totalCount);
    expect(new Set(codes).size).toBe(codes.length);
  });

  it('lets the reader choose among several lists', async () => {
    const page = await open({ language: 'en' });
    await page.locator('.example', { hasText: 'Funding by year' }).click();
    await run(page);
    await page.getByRole('button', { name: 'Table and CSV', exact: true }).click();
    const choice = page.locator('.table-bar select');
    await expect.poll(() => choice.inputValue()).toBe('funding.rows');
    await choice.selectOption('funding.totals');
    expect(await page.locator('.table-pane th').allInnerTexts()).toEqual(['currency', 'amount', 'count']);
  });

  it('changes language and theme, and remembers both', async () => {
    const page = await open();
    const background = (): Promise<string> => page.locator('.query').evaluate((pane) => getComputedStyle(pane).backgroundColor);
    const before = await background();
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('button', { name: 'Dark theme' }).click();
    for (const time of ['at once', 'after a reload']) {
      await expect.poll(() => page.locator('html').getAttribute('lang'), { message: time }).toBe('en');
      await expect.poll(() => page.locator('html').getAttribute('dir'), { message: time }).toBe('ltr');
      await expect.poll(() => page.locator('html').getAttribute('data-theme'), { message: time }).toBe('dark');
      expect(await background(), time).not.toBe(before);
      await expect.poll(() => page.locator('.query .primary').innerText(), { message: time }).toContain('Run');
      await expect.poll(() => page.locator('.tab').first().innerText(), { message: time }).toBe('From organizations to places, and back');
      await page.reload();
      await editorStands(page);
    }
  });

  it('asks for texts in the language of the page', async () => {
    const query = '{ administrativeUnit(by: {pcode: "SY02"}) { name { text } } }';
    const page = await open({ path: '/playground' + toFragment({ query, variables: '' }) });
    await run(page);
    await expect.poll(() => drawn(page, '.result-json')).toContain('حلب');
    await page.getByRole('button', { name: 'English' }).click();
    await run(page);
    await expect.poll(() => drawn(page, '.result-json')).toContain('Aleppo');
  });

  it('moves its splitters by key, in reading direction', async () => {
    for (const [language, wider] of [['ar', 'ArrowLeft'], ['en', 'ArrowRight']] as const) {
      const page = await open({ language });
      const panel = page.locator('.panel');
      const before = (await panel.boundingBox())?.width ?? 0;
      await page.getByRole('separator').first().focus();
      await page.keyboard.press(wider);
      await expect.poll(async () => (await panel.boundingBox())?.width ?? 0, { message: language }).toBeGreaterThan(before);
    }
  });

  it('fits the smallest screens', async () => {
    for (const language of ['ar', 'en'] as const) {
      const page = await open({ language, width: 320, height: 640 });
      await run(page);
      await page.getByRole('button', { name: /^(جدول وCSV|Table and CSV)$/ }).click();
      await page.locator('.table-pane td').first().waitFor();
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(overflow, language).toBe(0);
    }
  });

  describe.each(['ar', 'en'] as const)('in %s', (language) => {
    it.each([
      ['light', 1440],
      ['dark', 1440],
      ['light', 390],
      ['dark', 390],
    ] as const)('has no barrier that axe knows of: %s, %d px', async (theme, width) => {
      const page = await open({ language, theme, width });
      await run(page);
      // The inside of the code editor is its makers' business.
      expect(await barriers(page, ['.monaco-editor'])).toEqual([]);
      await page.getByRole('button', { name: /^(جدول وCSV|Table and CSV)$/ }).click();
      await page.locator('.table-pane td').first().waitFor();
      expect(await barriers(page, ['.monaco-editor'])).toEqual([]);
    });
  });
});
