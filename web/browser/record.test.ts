import { describe, expect, it } from 'vitest';
import { leave, signedIn } from './desk';
import { served } from './served';
import { open } from './visitor';

const site = served({ approver: 'APPROVER' });

/** What the public reads in the graph. */
async function ask<Answer>(query: string): Promise<Answer> {
  const response = await fetch(`${site.server.address}/graphql`, { method: 'POST', headers: { 'Content-Type': 'application/json', 'Accept-Language': 'en' }, body: JSON.stringify({ query }) });
  return ((await response.json()) as { data: Answer }).data;
}

describe('the page of a project', () => {
  it('shows its texts a language at a time, each with how far it can be trusted', async () => {
    const visitor = await open(site.browser, { address: site.server.address, path: '/en/projects/prj_1' });
    const { page } = visitor;
    const texts = page.locator('.record-section', { has: page.getByRole('heading', { name: 'Texts and languages' }) });
    await texts.getByText('Original').first().waitFor();
    await texts.getByRole('button', { name: 'Arabic' }).click();
    const title = texts.locator('p[lang=ar]').first();
    await expect.poll(() => title.getAttribute('dir')).toBe('rtl');
    await expect.poll(() => title.innerText()).toMatch(/[\u0600-\u06ff]/);
    await texts.getByText('Reviewed').first().waitFor();
    await leave(visitor);
  });

  it('tells readers when it was published and what was changed since, and the staff by whom', async () => {
    const approver = await signedIn(site, 'approver', '/en/desk');
    const { page } = approver;
    // A change that an approver makes and publishes.
    const ask = async (query: string, variables: object): Promise<Record<string, { version: number }>> => {
      const response = await page.request.post(`${site.server.address}/graphql`, { data: { query, variables } });
      return ((await response.json()) as { data: Record<string, { version: number }> }).data;
    };
    // One whose shares are whole, as those of a record that is to be published must be.
    const found = (await ask('{ projects(first: 1, where: { sectors: { some: { percentage: { eq: "100" } } } }) { nodes { id } } }', {})) as unknown as { projects: { nodes: { id: string }[] } };
    const id = found.projects.nodes[0]?.id ?? '';
    const version = async (): Promise<number | undefined> => (await ask('query($id: ID!) { project(by: { id: $id }) { version } }', { id }))['project']?.version;
    await ask('mutation($input: UpdateProjectInput!) { updateProject(input: $input) { userErrors { message } } }', { input: { id, version: await version(), project: { plannedEnd: '2031-12-31' } } });
    await ask('mutation($input: RecordInput!) { publishRecord(input: $input) { userErrors { message } } }', { input: { id, version: await version() } });
    const visitor = await open(site.browser, { address: site.server.address, path: `/en/projects/${id}` });
    const history = (of: typeof page): ReturnType<typeof page.locator> => of.locator('.record-section', { has: of.getByRole('heading', { name: 'History of publication' }) });
    await history(visitor.page).getByText('Entered').waitFor();
    await history(visitor.page).getByText('Changed: Planned end').waitFor();
    expect(await history(visitor.page).getByRole('link').count()).toBe(0);
    await page.goto(`${site.server.address}/en/projects/${id}`);
    await history(page).getByRole('link', { name: 'who changed what, and why' }).click();
    await page.waitForURL(`**/en/desk/history?record=${id}`);
    await page.locator('.desk-item', { hasText: 'approver' }).first().waitFor();
    await leave(visitor, approver);
  });
});

describe('the money of a record', () => {
  it('is told year by year in a reporting currency, what was promised, spent and planned beside each other', async () => {
    const { projects } = await ask<{ projects: { nodes: { id: string }[] } }>(`{ projects(first: 1, where: { status: { eq: IMPLEMENTATION }, kind: { eq: PROJECT }, plannedDisbursements: { some: {} },
      and: [{ transactions: { some: { type: { eq: EXPENDITURE }, value: { currency: { eq: "SYP" } } } } }, { transactions: { some: { type: { eq: OUTGOING_COMMITMENT } } } }] }) { nodes { id } } }`);
    const id = projects.nodes[0]?.id ?? '';
    const { spent, own } = await ask<{ spent: { totals: { amount: string }[] }; own: { totals: { currency: string }[] } }>(`{
      spent: funding(where: { id: { eq: "${id}" } }, measure: SPEND, currency: "EUR") { totals { amount } }
      own: funding(where: { id: { eq: "${id}" } }, measure: SPEND) { totals { currency } } }`);
    expect(own.totals.length).toBeGreaterThan(1);
    const visitor = await open(site.browser, { address: site.server.address, path: `/en/projects/${id}` });
    const { page } = visitor;
    const money = page.locator('#money');
    await money.getByRole('button', { name: 'euros' }).click();
    await money.getByText('Amount in euros').waitFor();
    expect(await money.locator('thead th').allInnerTexts()).toEqual(['Year', 'Committed', 'Spent', 'Planned', 'Budget of the year']);
    await expect.poll(() => money.locator('tfoot td').nth(1).innerText()).toBe(Math.round(Number(spent.totals[0]?.amount)).toLocaleString('en-GB'));
    for (const look of ['promised', 'paid', 'planned', 'budget']) await money.locator(`.year-bars .year-${look}`).first().waitFor({ state: 'attached' });
    // Each currency of the reports has bars of its own, the longest of which is whole.
    const parts = page.locator('.record-section', { has: page.getByRole('heading', { name: 'Spent, in the currencies of the reports' }) }).locator('tbody');
    expect(await parts.count()).toBe(own.totals.length);
    for (const part of await parts.all()) expect(await part.locator('progress').evaluateAll((bars) => Math.max(...bars.map((bar) => (bar as HTMLProgressElement).position)))).toBe(1);
    await leave(visitor);
  });

  it('of an organization counts what that organization gave, and leads to all its projects', async () => {
    const { funding } = await ask<{ funding: { rows: { funder: { id: string } | null }[] } }>('{ funding(by: [FUNDER], measure: SPEND, currency: "USD") { rows { funder { id } } } }');
    const id = funding.rows.find(({ funder }) => funder)?.funder?.id ?? '';
    const where = `{ partners: { some: { organization: { id: { eq: "${id}" } } } } }`;
    const { given, projects } = await ask<{ given: { subtotals: { funder: { id: string } | null; amount: string }[] }; projects: { totalCount: number } }>(`{
      given: funding(where: ${where}, by: [YEAR, FUNDER], measure: SPEND, currency: "USD") { subtotals(by: [FUNDER]) { funder { id } amount } }
      projects(where: ${where}) { totalCount } }`);
    const visitor = await open(site.browser, { address: site.server.address, path: `/en/organizations/${id}` });
    const { page } = visitor;
    const amount = given.subtotals.find(({ funder }) => funder?.id === id)?.amount;
    const spent = page.locator('#money thead th', { hasText: 'Spent' });
    await spent.waitFor();
    const column = await spent.evaluate((head) => (head as HTMLTableCellElement).cellIndex);
    expect(await page.locator('#money tfoot tr').locator('th, td').nth(column).innerText()).toBe(Math.round(Number(amount)).toLocaleString('en-GB'));
    await page.locator('#projects a[href*="partner="]').click();
    await page.waitForURL('**/en/projects?partner=*');
    await page.getByRole('status').filter({ hasText: `${projects.totalCount} records` }).waitFor();
    await leave(visitor);
  });
});

describe('the head of a record', () => {
  it('keeps the ways to its parts in sight, and marks the one that is read', async () => {
    const visitor = await open(site.browser, { address: site.server.address, path: '/en/projects/prj_1' });
    const { page } = visitor;
    await page.locator('#money table').waitFor();
    const marked = page.locator('.record-tabs [aria-current]');
    expect(await marked.getAttribute('href')).toBe('#around');
    await page.locator('.record-tabs a[href="#money"]').click();
    await expect.poll(() => marked.getAttribute('href')).toBe('#money');
    const tabs = await page.locator('.record-tabs').boundingBox();
    expect(tabs?.y).toBe(0);
    // What was led to begins below them.
    await expect.poll(() => page.locator('#money').evaluate((part) => part.getBoundingClientRect().top)).toBeGreaterThanOrEqual(tabs?.height ?? 0);
    await page.evaluate(() => scrollTo(0, 0));
    await expect.poll(() => marked.getAttribute('href')).toBe('#around');
    await leave(visitor);
  });
});
