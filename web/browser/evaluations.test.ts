import { describe, expect, it } from 'vitest';
import { leave, signedIn } from './desk';
import { served } from './served';
import { barriers } from './visitor';

const site = served({ editor: 'EDITOR', approver: 'APPROVER' });

/** The day so many days from today, as YYYY-MM-DD. */
const dayFrom = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

describe('an evaluation', () => {
  it('is entered with what it recommends, returned, published, and its action is due in the day of the unit that sees to it', async () => {
    const editor = await signedIn(site, 'editor', '/en/desk/evaluations');
    const { page } = editor;
    await page.getByRole('button', { name: 'New evaluation' }).click();
    await page.getByRole('heading', { name: 'New evaluation' }).waitFor();
    await page.getByLabel('Title, in Arabic').first().fill('تقييم للاختبار');
    await page.getByLabel('Title, in English').first().fill('Evaluation of the test');
    await page.getByLabel('Kind', { exact: true }).first().selectOption('MID_TERM');
    await page.getByLabel('Unit in charge').selectOption({ index: 1 });
    // It has one subject: once that is chosen, the others are not asked for; taken out, they are.
    const subject = page.getByRole('combobox', { name: 'The project it evaluates' });
    const choose = async (words: string): Promise<void> => {
      await subject.fill(words);
      await page.getByRole('listbox', { name: 'The project it evaluates' }).getByRole('option', { name: new RegExp(words, 'i') }).first().click();
    };
    await choose('water');
    await expect.poll(() => page.getByRole('combobox', { name: 'The agreement it evaluates' }).count()).toBe(0);
    await subject.fill('');
    await subject.blur();
    await page.getByRole('combobox', { name: 'The agreement it evaluates' }).waitFor();
    await choose('water');

    const scores = page.getByRole('region', { name: 'Scores by the criteria of the OECD DAC' });
    await scores.getByRole('button', { name: 'Add a score' }).click();
    await scores.getByLabel('Criterion').selectOption('RELEVANCE');
    await scores.getByLabel('Score').fill('9');
    const advice = page.getByRole('region', { name: 'Recommendations' });
    await advice.getByRole('button', { name: 'Add a recommendation' }).click();
    await advice.getByLabel('What is recommended, in English').fill('Keep a plan of maintenance');
    await advice.getByLabel('Priority').selectOption('HIGH');
    const actions = advice.getByRole('group', { name: 'Actions' });
    await actions.getByRole('button', { name: 'Add an action' }).click();
    await actions.getByLabel('What is to be done, in Arabic').fill('إرسال خطة الصيانة');
    await actions.getByLabel('What is to be done, in English').fill('Send the plan of maintenance');
    await actions.getByLabel('Due on').fill(dayFrom(5));
    await actions.getByLabel('Unit that sees to it').selectOption({ index: 1 });
    const unit = await actions.getByLabel('Unit that sees to it').inputValue();

    // What is refused is said where it stands, in a part of a part as well.
    await page.keyboard.press('Control+s');
    await scores.locator('.edit-field', { has: page.getByLabel('Score') }).getByRole('alert').waitFor();
    await scores.getByLabel('Score').fill('4');
    await scores.getByLabel('Why, in English').fill('The need is there');
    await actions.getByLabel('How it was settled').selectOption('DONE');
    await page.keyboard.press('Control+s');
    await actions.locator('.edit-field', { has: page.getByLabel('Settled on') }).getByRole('alert').waitFor();
    await actions.getByLabel('How it was settled').selectOption('');
    await page.keyboard.press('Control+s');
    await page.waitForURL(/\/en\/desk\/edit\/evaluation\/evl_/);
    const id = page.url().split('/').at(-1) ?? '';

    // Submitted from the drafts, sent back with a word, and submitted again.
    await page.goto(`${site.server.address}/en/desk/drafts?item=${id}`);
    await page.getByRole('button', { name: /^Submit/ }).click();
    await page.getByText('Choose a record').waitFor();
    const approver = await signedIn(site, 'approver', `/en/desk/review?item=${id}`);
    const other = approver.page;
    await other.getByLabel('Comment').fill('Say who answers');
    await other.getByRole('button', { name: /^Return/ }).click();
    await other.getByText('Choose a record').waitFor();
    await page.goto(`${site.server.address}/en/desk/drafts?item=${id}`);
    await page.locator('.desk-peek').getByText('Say who answers').waitFor();
    await page.getByRole('complementary', { name: 'Preview' }).getByRole('link', { name: /^Edit/ }).click();
    const kept = page.getByRole('region', { name: 'Recommendations' });
    await kept.getByText('Keep a plan of maintenance').first().click();
    await kept.getByLabel('Response of the management').selectOption('ACCEPTED');
    await kept.getByLabel('Date of the response').fill(dayFrom(-1));
    await kept.getByLabel('Answered by').fill('Director of planning');
    await page.getByText(/^Saved at/).waitFor();
    await page.goto(`${site.server.address}/en/desk/drafts?item=${id}`);
    await page.getByRole('button', { name: /^Submit/ }).click();
    await page.getByText('Choose a record').waitFor();

    // The approver looks at the whole of it, and publishes it.
    await other.goto(`${site.server.address}/en/desk/review?item=${id}`);
    await other.getByRole('heading', { level: 2 }).getByRole('link', { name: 'Evaluation of the test' }).click();
    await other.getByText('Director of planning').waitFor();
    await other.goBack();
    await other.getByRole('button', { name: /^Publish/ }).click();
    await other.getByText('Choose a record').waitFor();

    // A change of what is published waits, and is shown beside it.
    await page.goto(`${site.server.address}/en/desk/evaluations?item=${id}`);
    await page.getByRole('complementary', { name: 'Preview' }).getByRole('link', { name: /^Edit/ }).click();
    await page.getByLabel('Evaluator').fill('A firm');
    await page.keyboard.press('Control+s');
    await page.getByText('Kept as a change of a published record').waitFor();
    await page.getByRole('status').getByRole('link', { name: 'Drafts' }).click();
    await page.locator('.desk-item', { hasText: 'Evaluation of the test' }).click();
    await page.locator('.desk-compare').getByText('A firm').waitFor();

    // What is to be done stands in the day of whoever works for the unit, and leads back.
    await page.goto(`${site.server.address}/en/desk?kind=ACTION`);
    await page.locator('#soon .desk-item', { hasText: 'Send the plan of maintenance' }).click();
    await page.getByRole('link', { name: 'Evaluation of the test' }).waitFor();
    await page.goto(`${site.server.address}/en/desk/calendar?kind=ACTION&owner=${unit}&day=${dayFrom(5)}`);
    await page.getByText('Send the plan of maintenance').first().waitFor();
    await leave(editor, approver);
  });
});

describe.each([
  { language: 'ar', width: 1440, theme: 'light' },
  { language: 'en', width: 390, theme: 'dark' },
] as const)('in $language, $width wide', ({ language, width, theme }) => {
  it('axe finds nothing on the form of an evaluation with all its parts open, and nothing sticks out', async () => {
    const visitor = await signedIn(site, 'editor', `/${language}/desk/edit/evaluation/new`, { width, theme });
    for (const add of await visitor.page.locator('.edit-fields > .edit-parts > header button').all()) await add.click();
    await visitor.page.locator('.edit-parts .edit-parts > header button').click();
    await expect.poll(() => visitor.page.locator('details[open]').count()).toBe(5);
    expect(await barriers(visitor.page)).toEqual([]);
    expect(await visitor.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0);
    await leave(visitor);
  });

  it('axe finds nothing on an evaluation beside the list, and nothing sticks out', async () => {
    const visitor = await signedIn(site, 'editor', `/${language}/desk/evaluations`, { width, theme });
    await visitor.page.locator('.desk-item').first().click();
    await visitor.page.locator('.desk-open h2').waitFor();
    expect(await barriers(visitor.page)).toEqual([]);
    expect(await visitor.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0);
    await leave(visitor);
  });
});
