import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { leave, signedIn } from './desk';
import { type Person, person } from './people';
import { served } from './served';
import { barriers } from './visitor';

const site = served({ editor: 'EDITOR', analyst: 'ANALYST', partner: 'PARTNER' });

/** Asks the graph as the person whose page it is. */
async function ask(page: Page, query: string, variables: object): Promise<Record<string, { project: { id: string; version: number } }>> {
  return page.evaluate(
    async ([text, given]) => {
      const response = await fetch('/graphql', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ query: text, variables: given }) });
      return ((await response.json()) as { data: Record<string, { project: { id: string; version: number } }> }).data;
    },
    [query, variables] as const,
  );
}

/** Enters a draft and renames it, as an editor. */
async function renamed(): Promise<string> {
  const editor = await signedIn(site, 'editor', '/en/desk');
  const made = await ask(editor.page, 'mutation($input: CreateProjectInput!) { made: createProject(input: $input) { project { id version } } }', {
    input: { project: { status: 'PIPELINE', originalLocale: 'en', title: [{ locale: 'en', text: 'The first name' }] } },
  });
  const { id, version } = made['made']?.project ?? { id: '', version: 0 };
  await ask(editor.page, 'mutation($input: UpdateProjectInput!) { updateProject(input: $input) { project { id version } } }', {
    input: { id, version, reason: 'A better name', project: { title: [{ locale: 'en', text: 'The second name' }] } },
  });
  await leave(editor);
  return id;
}

describe('the history', () => {
  it('tells who changed what and why, narrows by its address, and opens the record as it stood, with a way back to today', async () => {
    const id = await renamed();
    const visitor = await signedIn(site, 'analyst', '/en/desk/history?kind=Project');
    const { page } = visitor;
    await page.getByLabel('Who').fill('editor');
    await page.keyboard.press('Enter');
    await page.waitForURL('**who=editor*');
    await page.goto(`${site.server.address}/en/desk/history?record=${id}`);
    await page.locator('.desk-item').first().click();
    const peek = page.locator('.desk-peek');
    await peek.getByText('A better name').waitFor();
    await peek.locator('td', { hasText: 'The first name' }).first().waitFor();
    await peek.locator('td', { hasText: 'The second name' }).first().waitFor();
    await peek.getByRole('link', { name: 'As it stood before' }).click();
    await page.waitForURL('**asOf=*');
    await page.locator('.past').waitFor();
    await page.getByRole('heading', { level: 1, name: 'The first name' }).waitFor();
    await page.getByRole('button', { name: 'Back to today' }).click();
    await page.getByRole('heading', { level: 1, name: 'The second name' }).waitFor();
    expect(await page.locator('.past').count()).toBe(0);
    await leave(visitor);
  });

  it('names requests, terms, codes and what is no more as people know them, with the way there', async () => {
    const [editor, admin] = [await person(site.server, 'editor'), await person(site.server, 'admin')];
    const done = async (who: Person, mutation: string, type: string, input: object): Promise<Record<string, { id: string; version: number }>> => {
      const { done: answer } = await who.ask(`mutation($input: ${type}!) { done: ${mutation} }`, { input });
      expect((answer as { userErrors: unknown }).userErrors).toEqual([]);
      return answer as Record<string, { id: string; version: number }>;
    };
    const { request } = await done(editor, 'createTranslationRequest(input: $input) { request: translationRequest { id version } userErrors { message } }', 'CreateTranslationRequestInput', {
      translationRequest: { title: [{ locale: 'ar', text: 'محضر اللجنة' }], sourceLocale: 'ar', locale: 'en' },
    });
    const term = (word: string): object => ({ glossaryTerm: { sourceLocale: 'en', term: word, locale: 'ar', translation: 'سد' } });
    await done(admin, 'createGlossaryTerm(input: $input) { term: glossaryTerm { id version } userErrors { message } }', 'CreateGlossaryTermInput', term('a dam that stays'));
    const { term: gone } = await done(admin, 'createGlossaryTerm(input: $input) { term: glossaryTerm { id version } userErrors { message } }', 'CreateGlossaryTermInput', term('a dam that goes'));
    await done(admin, 'removeGlossaryTerm(input: $input) { userErrors { message } }', 'RecordInput', gone ?? {});
    const found = (await admin.ask('{ codeListItems(first: 1, where: { list: { eq: "Sector" } }) { nodes { id version name(locale: "en") { text } } } }', {})) as { codeListItems: { nodes: { id: string; version: number; name: { text: string } }[] } };
    const [item] = found.codeListItems.nodes;
    await done(admin, 'updateCodeListItem(input: $input) { userErrors { message } }', 'UpdateCodeListItemInput', { id: item?.id, version: item?.version, codeListItem: { description: [{ locale: 'en', text: 'As the history names it' }] } });
    const visitor = await signedIn(site, 'analyst', '/en/desk/history');
    const { page } = visitor;
    for (const words of [/^محضر اللجنة/, /^a dam that stays – سد/, /^a dam that goes – سد/, new RegExp(`^${item?.name.text} · Sector`)]) await page.locator('.desk-item').filter({ hasText: words }).first().waitFor();
    await page.locator('.desk-item').filter({ hasText: 'محضر اللجنة' }).first().click();
    await page.locator('.desk-peek').getByRole('link', { name: 'Go there' }).click();
    await page.waitForURL(`**/en/desk/requests?state=REQUESTED&item=${request?.id}`);
    await page.locator('.desk-peek').getByRole('heading', { name: 'محضر اللجنة' }).waitFor();
    await leave(visitor);
  });

  it('is handed out as a file', async () => {
    const id = await renamed();
    const visitor = await signedIn(site, 'analyst', `/en/desk/history?record=${id}`);
    const [file] = await Promise.all([visitor.page.waitForEvent('download'), visitor.page.getByRole('button', { name: 'As a file' }).click()]);
    const text = readFileSync(await file.path(), 'utf8');
    expect(text).toContain('The first name,The second name');
    expect(text).toContain('A better name');
    await leave(visitor);
  });

  it('is not for partners', async () => {
    const visitor = await signedIn(site, 'partner', '/en/desk');
    expect(await visitor.page.getByRole('link', { name: 'History' }).count()).toBe(0);
    await visitor.page.goto(`${site.server.address}/en/desk/history`);
    await visitor.page.getByRole('heading', { name: 'This page is not for your roles' }).waitFor();
    await leave(visitor);
  });
});

describe.each([
  { language: 'ar', width: 1440, theme: 'light' },
  { language: 'en', width: 390, theme: 'dark' },
] as const)('in $language, $width wide', ({ language, width, theme }) => {
  it('axe finds nothing on the history and on a record as it stood, and nothing sticks out', async () => {
    const visitor = await signedIn(site, 'analyst', `/${language}/desk/history`, { width, theme });
    const { page } = visitor;
    const id = await renamed();
    for (const path of [`desk/history?record=${id}`, `projects/${id}?asOf=${new Date().toISOString()}`]) {
      await page.goto(`${site.server.address}/${language}/${path}`);
      if (path.startsWith('desk')) await page.locator('.desk-item').first().click();
      await page.locator('.desk-peek h2, .past').first().waitFor();
      await page.locator('h1').first().waitFor();
      expect(await barriers(page), path).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), path).toBeLessThanOrEqual(0);
    }
    await leave(visitor);
  });
});
