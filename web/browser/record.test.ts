import { describe, expect, it } from 'vitest';
import { leave, signedIn } from './desk';
import { served } from './served';
import { open } from './visitor';

const site = served({ approver: 'APPROVER' });

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
