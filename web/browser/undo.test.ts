import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { leave, signedIn } from './desk';
import { type Person, person } from './people';
import { served } from './served';
import { barriers } from './visitor';

const site = served({ editor: 'EDITOR', approver: 'APPROVER', translator: 'TRANSLATOR' });

/** The line that says what was done last. */
const line = (page: Page, words: string | RegExp) => page.locator('.desk-done').getByText(words);

/** A draft of its own for a test. */
async function draft(who: Person, title: string): Promise<{ id: string; version: number }> {
  const made = await who.ask('mutation($input: CreateOrganizationInput!) { done: createOrganization(input: $input) { organization { id version } userErrors { message } } }', {
    input: { organization: { name: [{ locale: 'ar', text: title }], kind: 'MINISTRY' } },
  });
  const { organization, userErrors } = made['done'] as { organization: { id: string; version: number } | null; userErrors: unknown[] };
  if (!organization) throw new Error(JSON.stringify(userErrors));
  return organization;
}

const stateOf = async (who: Person, id: string): Promise<unknown> => (await who.ask('query($id: ID!) { organization(by: { id: $id }) { state stateComment } }', { id }))['organization'];

/** Moves a draft by the graph. */
async function move(who: Person, root: string, record: { id: string; version: number }, comment?: string): Promise<void> {
  const done = await who.ask(`mutation($input: RecordInput!) { done: ${root}(input: $input) { userErrors { message } } }`, { input: { ...record, ...(comment ? { comment } : {}) } });
  expect(done['done']).toEqual({ userErrors: [] });
}

describe('what was done', () => {
  it('is taken back by a key: a submission is a draft again, and the line says both', async () => {
    const editor = await person(site.server, 'editor');
    const { id } = await draft(editor, 'Taken back by a key');
    const visitor = await signedIn(site, 'editor', `/en/desk/drafts?item=${id}`);
    const { page } = visitor;
    await page.locator('.desk-peek').getByRole('button', { name: 'Submit' }).click();
    await line(page, /^Submitted: .Taken back by a key/).waitFor();
    expect(await stateOf(editor, id)).toMatchObject({ state: 'SUBMITTED' });
    // It stays on other pages of the desk, and the key works there.
    await page.getByRole('link', { name: 'To review', exact: true }).first().click();
    await page.getByRole('heading', { level: 1, name: 'To review' }).waitFor();
    await page.locator('.desk-item', { hasText: 'Taken back by a key' }).waitFor();
    await page.keyboard.press('z');
    await line(page, /^Undone: .Taken back by a key. is a draft again/).waitFor();
    await page.locator('.desk-item', { hasText: 'Taken back by a key' }).waitFor({ state: 'detached' });
    expect(await stateOf(editor, id)).toMatchObject({ state: 'DRAFT' });
    expect(await page.locator('.desk-done').getByRole('button', { name: 'undo' }).count()).toBe(0);
    // What is over does not go along.
    await page.getByRole('link', { name: 'Drafts', exact: true }).first().click();
    await page.locator('.desk-done').waitFor({ state: 'detached' });
    await leave(visitor);
  });

  it('is taken back with what was said before; a publication is not, and the line says so', async () => {
    const editor = await person(site.server, 'editor');
    const record = await draft(editor, 'Returned too soon');
    await move(editor, 'submitRecord', record, 'Please look at the name');
    const visitor = await signedIn(site, 'approver', `/en/desk/review?item=${record.id}`);
    const { page } = visitor;
    const peek = page.locator('.desk-peek');
    await peek.getByLabel('Comment (needed to return)').fill('Wrong one');
    await peek.getByRole('button', { name: 'Return' }).click();
    await line(page, /^Returned with its comment/).waitFor();
    // By the button the focus stays at the line, and it is said what came of it.
    await page.locator('.desk-done').getByRole('button', { name: 'undo' }).click();
    await line(page, /waits for a review again/).waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.className)).toBe('desk-done');
    expect(await stateOf(editor, record.id)).toEqual({ state: 'SUBMITTED', stateComment: 'Please look at the name' });
    await page.locator('.desk-item', { hasText: 'Returned too soon' }).click();
    await peek.getByRole('button', { name: 'Publish' }).click();
    await line(page, /^Published: .* it cannot be undone/).waitFor();
    expect(await page.locator('.desk-done').getByRole('button', { name: 'undo' }).count()).toBe(0);
    await page.keyboard.press('z');
    expect(await stateOf(editor, record.id)).toMatchObject({ state: 'PUBLISHED' });
    await leave(visitor);
  });

  it('can no longer be taken back once somebody else has gone on', async () => {
    const [editor, approver] = [await person(site.server, 'editor'), await person(site.server, 'approver')];
    const { id, version } = await draft(editor, 'Somebody was faster');
    const visitor = await signedIn(site, 'editor', `/en/desk/drafts?item=${id}`);
    const { page } = visitor;
    await page.locator('.desk-peek').getByRole('button', { name: 'Submit' }).click();
    await line(page, /^Submitted/).waitFor();
    await move(approver, 'publishRecord', { id, version: version + 1 });
    await line(page, /Somebody has changed it since/).waitFor();
    expect(await page.locator('.desk-done').getByRole('button', { name: 'undo' }).count()).toBe(0);
    await leave(visitor);
  });

  it('is a letter in fields and without single keys, and a key again with Alt', async () => {
    const editor = await person(site.server, 'editor');
    const { id } = await draft(editor, 'Written with z');
    const visitor = await signedIn(site, 'editor', `/en/desk/drafts?item=${id}`);
    const { page } = visitor;
    await page.locator('.desk-peek').getByRole('button', { name: 'Submit' }).click();
    await line(page, /^Submitted/).waitFor();
    await page.evaluate(() => localStorage.setItem('taawun:keys', 'off'));
    await page.keyboard.press('z');
    await page.evaluate(() => localStorage.removeItem('taawun:keys'));
    await page.keyboard.press('?');
    await page.getByRole('dialog').getByText('Undo what was done last at the desk').waitFor();
    await page.keyboard.press('z');
    await page.keyboard.press('Escape');
    await page.goto(`${site.server.address}/en/desk/review?item=${id}`);
    await page.locator('.desk-peek').getByRole('button', { name: 'Withdraw' }).click();
    await line(page, /^Withdrawn/).waitFor();
    await page.keyboard.press('Alt+z');
    await line(page, /is submitted again/).waitFor();
    expect(await stateOf(editor, id)).toMatchObject({ state: 'SUBMITTED' });
    await leave(visitor);
  });

  it('opens a duty again that was recorded as done, and leaves no change waiting', async () => {
    const visitor = await signedIn(site, 'editor', '/en/desk?kind=DUTY');
    const { page } = visitor;
    const row = page.locator('.desk-row').first();
    const words = await row.locator('.desk-item').innerText();
    await row.getByRole('button', { name: /^Record what happened/ }).click();
    const peek = page.locator('.desk-peek');
    const agreement = (await peek.locator('dl a').first().getAttribute('href'))?.split('/').at(-1) ?? '';
    await peek.getByLabel('Evidence, or the reason for waiving').fill('Letter 7');
    await peek.getByRole('button', { name: 'Done' }).click();
    await line(page, /^Kept as a change to be submitted/).waitFor();
    const changes = async (): Promise<unknown> => {
      const editor = await person(site.server, 'editor');
      const { agreement: found } = await editor.ask('query($id: ID!) { agreement(by: { id: $id }) { pendingChanges { nodes { state } } } }', { id: agreement });
      return (found as { pendingChanges: { nodes: { state: string }[] } }).pendingChanges.nodes.map(({ state }) => state);
    };
    expect(await changes()).toContain('DRAFT');
    await page.locator('.desk-done').getByRole('button', { name: 'undo' }).click();
    await line(page, /nothing of it waits any more/).waitFor();
    expect(await changes()).not.toContain('DRAFT');
    await page.locator('.desk-item', { hasText: words.split('\n')[0] ?? '' }).first().waitFor();
    await leave(visitor);
  });

  it('puts a next step back that was recorded', async () => {
    const visitor = await signedIn(site, 'editor', '/en/desk?kind=FOLLOW_UP');
    const { page } = visitor;
    const rows = page.locator('.desk-row');
    await rows.first().waitFor();
    const before = await rows.count();
    await rows.first().getByRole('button', { name: /^Record what happened/ }).click();
    await page.locator('.desk-peek').getByLabel('What was done', { exact: true }).fill('Called');
    await page.locator('.desk-peek').getByRole('button', { name: 'Record the step' }).click();
    await expect.poll(() => rows.count()).toBe(before - 1);
    await line(page, /^Step recorded/).waitFor();
    await page.keyboard.press('z');
    await line(page, /the step was removed/).waitFor();
    await expect.poll(() => rows.count()).toBe(before);
    await leave(visitor);
  });

  it('takes a translation back from its field, as it was before', async () => {
    const visitor = await signedIn(site, 'translator', '/en/desk/translations?locale=ar&kind=Project&task=MISSING');
    const { page } = visitor;
    const source = await page.locator('.translate-source').innerText();
    await page.locator('#translate-target').fill('كُتب على عجل');
    await page.keyboard.press('Control+Enter');
    await line(page, /^Handed in/).waitFor();
    await page.waitForFunction((before) => (document.querySelector('.translate-source') as HTMLElement | null)?.innerText !== before, source);
    await page.keyboard.press('Alt+z');
    await line(page, /stands as before/).waitFor();
    await page.locator('.translate-item', { hasText: source.slice(0, 40) }).first().click();
    await page.locator('.translate-source', { hasText: source }).waitFor();
    expect(await page.locator('#translate-target').inputValue()).toBe('');
    await leave(visitor);
  });

  it('takes a step of a request back, and says so among its steps', async () => {
    const editor = await person(site.server, 'editor');
    const { done } = await editor.ask('mutation($input: CreateTranslationRequestInput!) { done: createTranslationRequest(input: $input) { userErrors { message } } }', {
      input: { translationRequest: { title: [{ locale: 'ar', text: 'محضر أُخذ خطأً' }], sourceLocale: 'ar', locale: 'en' } },
    });
    expect(done).toEqual({ userErrors: [] });
    const visitor = await signedIn(site, 'translator', '/en/desk/requests');
    const { page } = visitor;
    await page.locator('.desk-item', { hasText: 'محضر أُخذ خطأً' }).click();
    const peek = page.locator('.desk-peek');
    await peek.locator('.look-button-main').waitFor();
    await page.keyboard.press('s');
    await page.keyboard.press('Enter');
    await line(page, /: Assigned\./).waitFor();
    await page.keyboard.press('z');
    await line(page, /is where it was before/).waitFor();
    await peek.getByText('Undone, Requested again').waitFor();
    await page.locator('.desk-item', { hasText: 'Requested' }).waitFor();
    await leave(visitor);
  });

  it('takes a draft out of the archive again, and puts it back', async () => {
    const editor = await person(site.server, 'editor');
    const { id } = await draft(editor, 'Archived by mistake');
    const visitor = await signedIn(site, 'approver', `/en/desk/drafts?item=${id}`);
    const { page } = visitor;
    const peek = page.locator('.desk-peek');
    await peek.getByText('Archive…', { exact: true }).click();
    await peek.getByLabel(/^Why/).fill('Entered twice');
    await peek.getByRole('button', { name: 'Archive' }).click();
    await line(page, /^Archived: .Archived by mistake/).waitFor();
    expect(await stateOf(editor, id)).toMatchObject({ state: 'ARCHIVED' });
    await page.keyboard.press('z');
    await line(page, /is a draft again/).waitFor();
    expect(await stateOf(editor, id)).toMatchObject({ state: 'DRAFT' });
    await page.goto(`${site.server.address}/en/desk/drafts?item=${id}`);
    await peek.getByText('Archive…', { exact: true }).click();
    await peek.getByLabel(/^Why/).fill('Entered twice');
    await peek.getByRole('button', { name: 'Archive' }).click();
    await line(page, /^Archived/).waitFor();
    await page.goto(`${site.server.address}/en/desk/archive?item=${id}`);
    await page.getByRole('button', { name: 'Bring back as a draft' }).click();
    await line(page, /^Brought back as a draft/).waitFor();
    await page.keyboard.press('z');
    await line(page, /is archived again/).waitFor();
    expect(await stateOf(editor, id)).toEqual({ state: 'ARCHIVED', stateComment: 'Entered twice' });
    await leave(visitor);
  });

  it('asks again about two that were told apart, and tells them apart again', async () => {
    const visitor = await signedIn(site, 'admin', '/en/desk/duplicates');
    const { page } = visitor;
    await page.locator('.desk-item').first().waitFor();
    const before = await page.locator('.desk-item').count();
    await page.locator('.desk-item').first().click();
    await page.getByRole('button', { name: 'They are two, ask no more' }).click();
    await line(page, /^Told apart/).waitFor();
    await page.keyboard.press('z');
    await line(page, /are asked about again/).waitFor();
    await expect.poll(() => page.locator('.desk-item').count(), { timeout: 15_000 }).toBe(before);
    await leave(visitor);
  });
});

describe.each([
  { language: 'ar', width: 1440, theme: 'light', submit: 'قدّم', undo: 'تراجع' },
  { language: 'en', width: 390, theme: 'dark', submit: 'Submit', undo: 'undo' },
] as const)('in $language, $width wide', ({ language, width, theme, submit, undo }) => {
  it('axe finds nothing at the line, which hides nothing and is reached by the Tab key', async () => {
    const { id } = await draft(await person(site.server, 'editor'), `A line in ${language}`);
    const visitor = await signedIn(site, 'editor', `/${language}/desk/drafts?item=${id}`, { width, theme });
    const { page } = visitor;
    await page.locator('.desk-peek').getByRole('button', { name: submit }).click();
    const button = page.locator('.desk-done').getByRole('button', { name: undo });
    await button.waitFor();
    expect(await barriers(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0);
    // What can be done with the next record stands above the line.
    await page.locator('.desk-item').first().click();
    const next = page.locator('.desk-peek').getByRole('button', { name: submit });
    await next.waitFor();
    await expect
      .poll(() =>
        next.evaluate((element) => {
          const { left, top, width, height } = element.getBoundingClientRect();
          return element.contains(document.elementFromPoint(left + width / 2, top + height / 2));
        }),
      )
      .toBe(true);
    await button.focus();
    await page.keyboard.press('Enter');
    await page.locator('.desk-done button').filter({ hasText: undo }).waitFor({ state: 'detached' });
    await leave(visitor);
  });
});
