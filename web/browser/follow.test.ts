import { describe, expect, it } from 'vitest';
import { leave, signedIn } from './desk';
import { person } from './people';
import { served } from './served';
import { barriers, open } from './visitor';

const site = served({ editor: 'EDITOR', approver: 'APPROVER', analyst: 'ANALYST', translator: 'TRANSLATOR', reviewer: 'REVIEWER' });

interface Followed {
  agenda: { dueOn: string; agreement: { id: string }; record: { id: string; obligation: { id: string } } }[];
}

/** The next steps on the agenda. */
async function steps(): Promise<Followed['agenda']> {
  const editor = await person(site.server, 'editor');
  const found = (await editor.ask('{ agenda(kinds: [FOLLOW_UP], to: "2099-01-01") { dueOn agreement { id } record { ... on ObligationFollowUp { id obligation { id } } } } }', {})) as unknown as Followed;
  return found.agenda;
}

describe('the steps taken about an obligation', () => {
  it('are changed and taken back on my day; what that means is said before', async () => {
    const [step] = await steps();
    const editor = await signedIn(site, 'editor', `/en/desk?item=FOLLOW_UP.${step?.record.id}.${step?.dueOn}`);
    const { page } = editor;
    const done = page.locator('.desk-peek').getByRole('region', { name: 'What was done about it' });
    await done.getByText('Change or take back').first().click();
    await done.getByLabel('Done by').fill('Ms. Haddad');
    await done.getByRole('button', { name: 'Save' }).click();
    await done.locator('.follow-head').getByText('Ms. Haddad').waitFor();

    await page.goto(`${site.server.address}/en/agreements/${step?.agreement.id}`);
    const onPage = page.getByRole('region', { name: 'What was done about it' });
    const mine = onPage.locator('li', { hasText: 'Ms. Haddad' });
    await mine.getByText('Change or take back').click();
    await mine.getByLabel('By when').fill('2098-12-24');
    await mine.getByRole('button', { name: 'Save' }).click();
    await mine.getByText('by 24 Dec 2098').waitFor();
    await expect.poll(async () => (await steps()).find(({ record }) => record.id === step?.record.id)?.dueOn).toBe('2098-12-24');
    await mine.getByText('its next step leaves the agenda').waitFor();
    expect(await barriers(page)).toEqual([]);
    await mine.getByRole('button', { name: 'Take this step back' }).click();
    await mine.waitFor({ state: 'detached' });
    expect((await steps()).some(({ record }) => record.id === step?.record.id)).toBe(false);
    await leave(editor);
  });

  it('are read, not changed, by others who work here, and by no reader', async () => {
    const [step] = await steps();
    const analyst = await signedIn(site, 'analyst', '/ar/desk', { width: 390 });
    await analyst.page.goto(`${site.server.address}/ar/agreements/${step?.agreement.id}`);
    await analyst.page.locator('.follow li').first().waitFor();
    expect(await analyst.page.locator('.follow-change, .reporting').count()).toBe(0);
    expect(await analyst.page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    const reader = await open(site.browser, { address: site.server.address, path: `/en/agreements/${step?.agreement.id}` });
    await reader.page.locator('#obligations').waitFor();
    expect(await reader.page.locator('.follow').count()).toBe(0);
    await leave(analyst, reader);
  });
});

describe('the reporting duties of a convention', () => {
  it('become obligations of an agreement, each once, as a change that is published', async () => {
    const [step] = await steps();
    const editor = await signedIn(site, 'editor', '/en/desk');
    const { page } = editor;
    await page.goto(`${site.server.address}/en/agreements/${step?.agreement.id}`);
    await page.getByText('Add the reporting duties of a convention…').click();
    const form = page.locator('.reporting-form');
    await form.getByLabel('Convention').selectOption({ label: 'Paris Agreement' });
    await form.getByText('Submit the biennial transparency report.').waitFor();
    await form.getByText('Paris Agreement, article 4, paragraph 9').waitFor();
    expect(await barriers(page)).toEqual([]);
    await form.getByRole('button', { name: 'Add 2 obligations' }).click();
    await form.getByText('Kept as a change of a published agreement').waitFor();
    await form.getByRole('link', { name: 'To the change' }).click();
    await page.locator('.desk-compare').getByText('Submit the biennial transparency report.').first().waitFor();

    const approver = await signedIn(site, 'approver', new URL(page.url()).pathname + new URL(page.url()).search);
    await approver.page.locator('.desk-peek').getByRole('button', { name: /^Publish/ }).click();
    await approver.page.locator('.desk-item[aria-pressed=true]').waitFor({ state: 'detached' });
    await page.goto(`${site.server.address}/ar/agreements/${step?.agreement.id}`);
    await page.getByText('أضف واجبات الإبلاغ في اتفاقية بيئية…').click();
    await form.getByLabel('الاتفاقية البيئية').selectOption({ label: 'اتفاق باريس' });
    await form.getByText('(موجود)').first().waitFor();
    expect(await form.getByRole('button', { name: 'لا شيء يُضاف' }).isDisabled()).toBe(true);
    await leave(editor, approver);
  });
});

describe('a text that nobody has approved', () => {
  it('is taken out at the bench, with a word on what remains', async () => {
    const writer = await person(site.server, 'editor');
    const made = (await writer.ask('mutation($input: CreateProjectInput!) { createProject(input: $input) { project { id } userErrors { message } } }', {
      input: { project: { originalLocale: 'en', status: 'PIPELINE', title: [{ locale: 'en', text: 'Wells of the test' }, { locale: 'ar', text: 'آبار خاطئة' }] } },
    })) as { createProject: { project: { id: string } } };
    const translator = await signedIn(site, 'translator', '/en/desk/translations?locale=ar&kind=Project&task=REVIEW');
    const { page } = translator;
    await page.getByText('آبار خاطئة').first().waitFor();
    await page.getByRole('button', { name: /Wells of the test/ }).first().click();
    const out = page.locator('.translate-out');
    await out.getByText('Take this draft out…').click();
    await out.getByText('the text counts as missing again').waitFor();
    expect(await barriers(page)).toEqual([]);
    await out.getByRole('button', { name: 'Take out' }).click();
    await expect
      .poll(async () => {
        const { project } = (await writer.ask('query($id: ID!) { project(by: { id: $id }) { translations { nodes { locale } } } }', { id: made.createProject.project.id })) as { project: { translations: { nodes: { locale: string }[] } } };
        return project.translations.nodes.map(({ locale }) => locale);
      })
      .toEqual(['en']);
    // A reviewer sends a draft back; it is not theirs to take out.
    const reviewer = await signedIn(site, 'reviewer', '/ar/desk/translations?locale=ar&kind=Project&task=REVIEW');
    await reviewer.page.locator('.translate-standing').waitFor();
    expect(await reviewer.page.locator('.translate-out').count()).toBe(0);
    await leave(translator, reviewer);
  });
});
