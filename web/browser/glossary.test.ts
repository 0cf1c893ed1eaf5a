import { describe, expect, it } from 'vitest';
import { leave, signedIn } from './desk';
import { served } from './served';

const site = served({ translator: 'TRANSLATOR', analyst: 'ANALYST', editor: 'EDITOR', reviewer: 'REVIEWER', approver: 'APPROVER' });

describe('the glossary', () => {
  it('is kept by those who translate: added, found, changed, forbidden, retired', async () => {
    const translator = await signedIn(site, 'translator', '/en/desk/glossary');
    const { page } = translator;
    const peek = page.locator('.desk-peek');
    await page.keyboard.press('n');
    await peek.getByLabel('Term', { exact: true }).fill('مذكرة تفاهم');
    await peek.getByLabel('Translation', { exact: true }).fill('memorandum of understanding');
    await peek.getByRole('button', { name: 'Save' }).click();
    await peek.getByRole('alert').first().waitFor();
    await peek.getByLabel('From', { exact: true }).selectOption('ar');
    await peek.getByLabel('Into').selectOption('en');
    await page.keyboard.press('Control+s');
    await page.locator('.desk-item', { hasText: 'memorandum of understanding' }).waitFor();

    // Whatever the spelling.
    await page.getByRole('searchbox').fill('مذكره');
    await page.waitForURL('**q=*');
    await page.locator('.desk-item', { hasText: 'مذكرة تفاهم' }).click();
    await peek.getByLabel('Advice on its use').fill('Never "memo".');
    await peek.getByRole('button', { name: 'Save' }).click();
    await peek.getByText(/^Saved at/).waitFor();

    const analyst = await signedIn(site, 'analyst', '/en/desk/glossary');
    await analyst.page.locator('.desk-item').first().click();
    await analyst.page.locator('.desk-peek').getByText('Never "memo".').waitFor();
    expect(await analyst.page.getByRole('button', { name: 'New term' }).count()).toBe(0);
    expect(await analyst.page.locator('.desk-peek').getByRole('button', { name: 'Save' }).count()).toBe(0);

    await peek.getByRole('button', { name: 'Make it one to avoid' }).click();
    await page.locator('.desk-item del', { hasText: 'memorandum of understanding' }).waitFor();
    await peek.getByRole('button', { name: 'Retire the term' }).click();
    await page.locator('.desk-item').waitFor({ state: 'detached' });
    await page.getByText('No term meets these conditions.').waitFor();
    await leave(translator, analyst);
  });
});

describe('a text whose source has changed', () => {
  it('shows the change of the source word by word', async () => {
    const approver = await signedIn(site, 'approver', '/en/desk');
    // A reviewed translation of a published title, and then another title.
    const as = async (visitor: typeof approver, query: string, variables: object): Promise<Record<string, unknown>> =>
      visitor.page.evaluate(
        async ([text, values]) => {
          const response = await fetch('/graphql', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ query: text, variables: values }) });
          return ((await response.json()) as { data: Record<string, unknown> }).data;
        },
        [query, variables] as const,
      );
    const made = (await as(approver, `mutation($input: CreateProjectInput!) { x: createProject(input: $input) { project { id } userErrors { path message } } }`, {
      input: { project: { originalLocale: 'en', status: 'PIPELINE', title: [{ locale: 'en', text: 'Rehabilitation of the old water network' }] } },
    })) as { x: { project: { id: string } } };
    const id = made.x.project.id;
    const translator = await signedIn(site, 'translator', '/en/desk');
    await as(translator, `mutation($input: WriteTranslationInput!) { writeTranslation(input: $input) { userErrors { path message } } }`, { input: { subjectId: id, field: 'title', locale: 'ar', text: 'إعادة تأهيل شبكة المياه القديمة' } });
    const read = (await as(approver, `query($id: ID!) { project(by: { id: $id }) { version } }`, { id })) as { project: { version: number } };
    await as(approver, `mutation($input: UpdateProjectInput!) { updateProject(input: $input) { userErrors { path message } } }`, {
      input: { id, version: read.project.version, project: { title: [{ locale: 'en', text: 'Rehabilitation of the water network in Aleppo' }] } },
    });
    await translator.page.goto(`${site.server.address}/en/desk/translations?locale=ar&kind=Project&task=STALE`);
    const source = translator.page.locator('.translate-source');
    await source.locator('del').waitFor();
    expect((await source.locator('del').allInnerTexts()).join(' ')).toContain('old');
    expect((await source.locator('ins').allInnerTexts()).join(' ')).toContain('Aleppo');
    if (process.env['PICTURES']) await translator.page.screenshot({ path: `${process.env['PICTURES']}/stale-en.png` });
    await translator.page.getByRole('button', { name: 'Show the change' }).click();
    await expect.poll(() => source.innerText()).toBe('Rehabilitation of the water network in Aleppo');
    await leave(approver, translator);
  });
});
