import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { leave, signedIn } from './desk';
import { PASSWORD, person } from './people';
import { served } from './served';
import { type Visitor, barriers, open } from './visitor';

const site = served({ editor: 'EDITOR', approver: 'APPROVER' });

const chooseFirst = (page: Page): Promise<void> => page.locator('.desk-item').first().click();

describe('the desk', () => {
  it('asks who is not signed in, says why it lets nobody in, and leads on to the page that was wanted', async () => {
    const visitor = await open(site.browser, { address: site.server.address, path: '/en/desk/review' });
    await visitor.page.waitForURL('**/en/sign-in?next=*');
    await visitor.page.getByLabel('Login').fill('editor');
    await visitor.page.getByLabel('Password').fill('not the password');
    await visitor.page.getByRole('button', { name: 'Sign in' }).click();
    await visitor.page.getByText('The login or the password is wrong.').waitFor();
    await visitor.page.getByLabel('Password').fill(PASSWORD);
    await visitor.page.getByRole('button', { name: 'Sign in' }).click();
    await visitor.page.waitForURL('**/en/desk/review');
    await visitor.page.getByRole('heading', { name: 'To review' }).waitFor();
    await visitor.page.getByRole('button', { name: 'Sign out' }).click();
    await visitor.page.waitForURL('**/en/sign-in?next=*');
    await leave(visitor);
  });

  it('never leads to a page of others after the sign-in', async () => {
    const visitor = await open(site.browser, { address: site.server.address, path: '/en/sign-in?next=https://example.org/' });
    await visitor.page.getByLabel('Login').fill('editor');
    await visitor.page.getByLabel('Password').fill(PASSWORD);
    await visitor.page.getByRole('button', { name: 'Sign in' }).click();
    await visitor.page.waitForURL('**/en/desk');
    await leave(visitor);
  });

  it('takes a duty from overdue to settled: by an editor, sent back by the approver, handed in again, published', async () => {
    const editor = await signedIn(site, 'editor', '/en/desk?kind=DUTY');
    const approver = await signedIn(site, 'approver', '/en/desk/review');
    const reader = await open(site.browser, { address: site.server.address, path: '/en' });

    // The editor settles what is latest; waiving it without a reason is refused, and nothing that was written is lost.
    await chooseFirst(editor.page);
    const peek = editor.page.locator('.desk-peek');
    const agreement = (await peek.locator('dl a').first().getAttribute('href')) ?? '';
    const title = await peek.locator('dl a').first().innerText();
    await peek.getByRole('button', { name: 'Waived' }).click();
    await peek.getByRole('alert').waitFor();
    await peek.getByLabel('Evidence, or the reason for waiving').fill('Letter 1182');
    await peek.getByRole('button', { name: 'Done' }).click();
    await peek.getByText('Kept as a change of a published record').waitFor();
    await peek.getByRole('link', { name: 'Drafts' }).click();
    await editor.page.getByRole('heading', { level: 1, name: 'Drafts' }).waitFor();
    await editor.page.locator('.desk-item', { hasText: title }).click();
    await peek.getByText('Letter 1182').waitFor();
    await peek.getByRole('button', { name: 'Submit' }).click();
    await editor.page.locator('.desk-item', { hasText: title }).waitFor({ state: 'detached' });

    // The approver sends it back: not without a word.
    await approver.page.reload();
    await approver.page.locator('.desk-item', { hasText: title }).click();
    const decision = approver.page.locator('.desk-peek');
    await decision.getByText('Letter 1182').waitFor();
    await decision.getByRole('button', { name: 'Return' }).click();
    await decision.getByRole('alert').waitFor();
    await decision.getByLabel('Comment (needed to return)').fill('Which letter?');
    await decision.getByRole('button', { name: 'Return' }).click();
    await approver.page.locator('.desk-item', { hasText: title }).waitFor({ state: 'detached' });
    // The approver goes on at the same place of the list.
    await expect.poll(() => approver.page.evaluate(() => document.activeElement?.className)).toContain('desk-item');

    await editor.page.reload();
    await editor.page.locator('.desk-item', { hasText: title }).click();
    await peek.getByText('Which letter?').waitFor();
    await peek.getByRole('button', { name: 'Submit' }).click();
    await editor.page.locator('.desk-item', { hasText: title }).waitFor({ state: 'detached' });

    await approver.page.reload();
    await approver.page.locator('.desk-item', { hasText: title }).click();
    await decision.getByRole('button', { name: 'Publish' }).click();
    await approver.page.locator('.desk-item', { hasText: title }).waitFor({ state: 'detached' });

    // What was decided is what readers see.
    await reader.page.goto(site.server.address + agreement);
    await reader.page.locator('.record h1').waitFor();
    const id = agreement.split('/').at(-1);
    const answer = await reader.page.evaluate(async (record) => {
      const query = 'query($id: ID!) { agreement(by: { id: $id }) { obligations { nodes { evidence { text } duties { evidence { text } state } } } } }';
      const response = await fetch('/graphql', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ query, variables: { id: record } }) });
      return response.text();
    }, id);
    expect(answer).toContain('Letter 1182');
    await leave(editor, approver, reader);
  });

  it('names what a change says, not its codes, and is decided by keys alone', async () => {
    const editor = await person(site.server, 'editor');
    const found = await editor.ask('{ projects(first: 1, where: { isHumanitarian: { eq: false } }) { nodes { id version } } ministryUnits(first: 1) { nodes { id name(locale: "en") { text } } } }', {});
    const [project] = (found['projects'] as { nodes: { id: string; version: number }[] }).nodes;
    const [unit] = (found['ministryUnits'] as { nodes: { id: string; name: { text: string } }[] }).nodes;
    if (!project || !unit) throw new Error('the demonstration has no project');
    const changed = await editor.ask('mutation($input: UpdateProjectInput!) { done: updateProject(input: $input) { userErrors { message } } }', {
      input: { ...project, project: { status: 'CLOSED', isHumanitarian: true, actualEnd: '2026-10-30', ownerId: unit.id, title: [{ locale: 'en', text: 'Named by its change' }] } },
    });
    const { project: now } = await editor.ask('query($id: ID!) { project(by: { id: $id }) { id version } }', { id: project.id });
    const submitted = await editor.ask('mutation($input: RecordInput!) { done: submitRecord(input: $input) { userErrors { message } } }', { input: now });
    for (const answer of [changed, submitted]) expect(answer['done']).toEqual({ userErrors: [] });
    const approver = await signedIn(site, 'approver', '/en/desk/review');
    const { page } = approver;
    const row = page.locator('.desk-item', { hasText: /fields/ });
    await row.waitFor();
    await page.keyboard.press('j');
    await row.and(page.locator('[aria-pressed=true]')).waitFor();
    const told = page.locator('.desk-compare');
    for (const words of ['Closed', 'Yes', '30 Oct 2026', unit.name.text]) await told.getByText(words, { exact: true }).waitFor();
    expect(await told.innerText()).not.toMatch(/CLOSED|true|mun_|2026-10/);
    await page.keyboard.press('a');
    await page.keyboard.press('Enter');
    await row.waitFor({ state: 'detached' });
    await expect.poll(() => page.evaluate(() => document.activeElement?.className)).toContain('desk-item');
    // The history says the same.
    await page.goto(`${site.server.address}/en/desk/history?record=${project.id}`);
    await page.locator('.desk-item').first().click();
    await page.locator('.desk-peek').getByText(unit.name.text, { exact: true }).first().waitFor();
    await leave(approver);
  });

  it('keeps what was written when the connection is lost', async () => {
    const editor = await signedIn(site, 'editor', '/en/desk?kind=DUTY');
    await chooseFirst(editor.page);
    const peek = editor.page.locator('.desk-peek');
    const note = peek.getByLabel('Evidence, or the reason for waiving');
    await note.fill('Sent by courier');
    await editor.page.context().setOffline(true);
    await peek.getByRole('button', { name: 'Done' }).click();
    await peek.getByText('The server cannot be reached').waitFor();
    await expect.poll(() => note.inputValue()).toBe('Sent by courier');
    await editor.page.context().setOffline(false);
    await peek.getByRole('button', { name: 'Done' }).click();
    await peek.getByRole('status').waitFor();
    await leave(editor);
  });

  it('says so when somebody else has changed the record meanwhile', async () => {
    const [first, second] = [await signedIn(site, 'editor', '/en/desk?kind=DUTY'), await signedIn(site, 'approver', '/en/desk?kind=DUTY')];
    for (const { page } of [first, second]) await page.locator('.desk-item').last().click();
    const settle = async ({ page }: Visitor): Promise<void> => {
      await page.locator('.desk-peek').getByLabel('Evidence, or the reason for waiving').fill('Received');
      await page.locator('.desk-peek').getByRole('button', { name: 'Done' }).click();
    };
    await settle(first);
    await first.page.locator('.desk-peek').getByRole('status').waitFor();
    await settle(second);
    await second.page.locator('.desk-peek').getByRole('alert').waitFor();
    await expect.poll(() => second.page.locator('.desk-peek textarea').inputValue()).toBe('Received');
    await leave(first, second);
  });

  it('is walked through by the arrows', async () => {
    const editor = await signedIn(site, 'editor', '/en/desk');
    await chooseFirst(editor.page);
    const second = await editor.page.locator('.desk-item').nth(1).innerText();
    await editor.page.keyboard.press('ArrowDown');
    await editor.page.waitForFunction((text) => (document.querySelector('.desk-item[aria-pressed=true]') as HTMLElement | null)?.innerText === text, second);
    await leave(editor);
  });
});

describe.each([
  { language: 'ar', width: 1440, theme: 'light' },
  { language: 'en', width: 390, theme: 'dark' },
] as const)('in $language, $width wide', ({ language, width, theme }) => {
  it('axe finds nothing at the sign-in, on my day, on reviews and drafts, and nothing sticks out', async () => {
    const stranger = await open(site.browser, { address: site.server.address, path: `/${language}/sign-in`, width, theme });
    await stranger.page.locator('.sign h1').waitFor();
    expect(await barriers(stranger.page)).toEqual([]);
    const visitor = await signedIn(site, 'approver', `/${language}/desk`, { width, theme });
    for (const path of ['desk', 'desk/review', 'desk/drafts']) {
      await visitor.page.goto(`${site.server.address}/${language}/${path}`);
      await visitor.page.locator('.desk h1').waitFor();
      await chooseFirst(visitor.page);
      await visitor.page.locator('.desk-peek h2').first().waitFor();
      expect(await barriers(visitor.page), path).toEqual([]);
      expect(await visitor.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), path).toBeLessThanOrEqual(0);
    }
    await leave(stranger, visitor);
  });
});
