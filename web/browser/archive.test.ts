import { describe, expect, it } from 'vitest';
import { leave, signedIn } from './desk';
import { person } from './people';
import { served } from './served';
import { barriers, open } from './visitor';

const site = served({ editor: 'EDITOR', approver: 'APPROVER', analyst: 'ANALYST' });

/** A published agreement under which projects run, and of which no change waits. */
async function agreement(): Promise<{ id: string; code: string }> {
  const analyst = await person(site.server, 'analyst');
  const found = await analyst.ask(`{ agreements(where: { state: { eq: PUBLISHED }, projects: { some: {} }, not: { obligations: { some: { state: { eq: OVERDUE } } } } }, first: 1) { nodes { id code } } }`, {});
  const [first] = (found['agreements'] as { nodes: { id: string; code: string }[] }).nodes;
  if (!first) throw new Error('the demonstration has no such agreement');
  return first;
}

describe('the archive', () => {
  it('takes a record from its readers with a reason, shows it to those who work here, and gives it back as a draft', async () => {
    const { id, code } = await agreement();
    const reader = await open(site.browser, { address: site.server.address, path: `/en/agreements/${id}` });
    await reader.page.locator('.record-head h1').waitFor();
    const approver = await signedIn(site, 'approver', '/en/desk/archive');
    const { page } = approver;
    await page.goto(`${site.server.address}/en/agreements/${id}`);
    await page.getByText('Archive…', { exact: true }).click();
    const pane = page.locator('.archive-form');
    await pane.getByText('Readers no longer see it').waitFor();
    await pane.getByText(/projects? (is|are) linked to it/).waitFor();
    // Nothing goes without a reason.
    expect(await pane.getByRole('button', { name: 'Archive' }).isDisabled()).toBe(true);
    await pane.getByLabel(/^Why/).fill('Entered twice.');
    expect(await barriers(page)).toEqual([]);
    await pane.getByRole('button', { name: 'Archive' }).click();
    const unseen = page.getByRole('region', { name: 'Where this record stands' });
    await unseen.getByText('Entered twice.').waitFor();
    await page.getByRole('link', { name: 'Edit this record' }).waitFor({ state: 'detached' });

    // Readers have nothing at its address, and no list leads there.
    await reader.page.reload();
    await reader.page.getByRole('heading', { level: 1 }).waitFor();
    expect(await reader.page.locator('.record-head').count()).toBe(0);
    await reader.page.goto(`${site.server.address}/en/agreements?q=${code}`);
    await reader.page.locator('.explore').waitFor();
    await expect.poll(() => reader.page.locator('.explore-table tbody tr').count()).toBe(0);

    // Those who work here find it marked, and may not bring it back unless they decide.
    const editor = await signedIn(site, 'editor', '/en/desk');
    await editor.page.goto(`${site.server.address}/en/agreements?q=${code}`);
    await editor.page.locator('.explore-table tbody tr').getByText('Archived').waitFor();
    await editor.page.goto(`${site.server.address}/en/desk/archive?kind=Agreement&item=${id}`);
    await editor.page.locator('.desk-peek').getByText('Entered twice.').waitFor();
    expect(await editor.page.getByRole('button', { name: 'Bring back as a draft' }).count()).toBe(0);

    await page.goto(`${site.server.address}/en/desk/archive?item=${id}`);
    await page.locator('.desk-peek').getByRole('button', { name: 'Bring back as a draft' }).waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.getByLabel(/^Why/).fill('It was the only one.');
    await page.getByRole('button', { name: 'Bring back as a draft' }).click();
    await page.locator('.desk-item[aria-pressed=true]').waitFor({ state: 'detached' });
    await page.goto(`${site.server.address}/en/desk/drafts?item=${id}`);
    await page.locator('.desk-peek').getByRole('button', { name: /^Publish/ }).click();
    await page.locator('.desk-item[aria-pressed=true]').waitFor({ state: 'detached' });
    await reader.page.goto(`${site.server.address}/en/agreements/${id}`);
    await reader.page.locator('.record-head h1').waitFor();
    const kept = (await (await person(site.server, 'analyst')).ask(`query($id: ID!) { agreement(by: { id: $id }) { history(first: 100) { nodes { revision { operation reason } } } } }`, { id })) as unknown as {
      agreement: { history: { nodes: { revision: { operation: string; reason: string | null } }[] } };
    };
    const reasons = kept.agreement.history.nodes.map(({ revision }) => `${revision.operation}: ${revision.reason}`);
    expect(reasons).toEqual(expect.arrayContaining(['archiveRecord: Entered twice.', 'restoreRecord: It was the only one.']));
    await leave(reader, approver, editor);
  });

  it('waits while a change of the record waits, and is no way for those who do not decide', async () => {
    const { id } = await agreement();
    const editor = await signedIn(site, 'editor', '/en/desk');
    await editor.page.goto(`${site.server.address}/en/agreements/${id}`);
    await editor.page.getByRole('link', { name: 'Edit this record' }).waitFor();
    expect(await editor.page.getByText('Archive…', { exact: true }).count()).toBe(0);
    const writer = await person(site.server, 'editor');
    const { agreement: read } = (await writer.ask(`query($id: ID!) { agreement(by: { id: $id }) { version } }`, { id })) as { agreement: { version: number } };
    await writer.ask(`mutation($input: UpdateAgreementInput!) { updateAgreement(input: $input) { userErrors { message } } }`, { input: { id, version: read.version, agreement: { noticeDays: 45 } } });
    const approver = await signedIn(site, 'approver', '/ar/desk/archive', { width: 390 });
    await approver.page.goto(`${site.server.address}/ar/agreements/${id}`);
    await approver.page.getByText('أرشف…', { exact: true }).click();
    await approver.page.getByText('ينتظر تعديل له.').waitFor();
    expect(await approver.page.locator('.archive-form textarea').count()).toBe(0);
    expect(await approver.page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    expect(await barriers(approver.page)).toEqual([]);
    await approver.page.getByRole('link', { name: 'إلى التعديل' }).click();
    await approver.page.locator('.desk-compare').waitFor();
    await leave(editor, approver);
  });

  it('takes drafts, too, that nobody will publish', async () => {
    const writer = await person(site.server, 'editor');
    await writer.ask(`mutation($input: CreateProjectInput!) { createProject(input: $input) { userErrors { message } } }`, { input: { project: { originalLocale: 'en', status: 'PIPELINE', title: [{ locale: 'en', text: 'A draft of no use' }] } } });
    const approver = await signedIn(site, 'approver', '/en/desk/drafts');
    const { page } = approver;
    await page.locator('.desk-item', { hasText: 'A draft of no use' }).click();
    await page.locator('.desk-peek').getByText('Archive…', { exact: true }).click();
    await page.getByText('Readers have never seen it.').waitFor();
    await page.locator('.archive-form').getByLabel(/^Why/).fill('Entered by mistake.');
    await page.locator('.archive-form').getByRole('button', { name: 'Archive' }).click();
    await page.locator('.desk-item', { hasText: 'A draft of no use' }).waitFor({ state: 'detached' });
    await page.goto(`${site.server.address}/en/desk/archive`);
    await page.locator('.desk-item', { hasText: 'Entered by mistake.' }).waitFor();
    await leave(approver);
  });
});
