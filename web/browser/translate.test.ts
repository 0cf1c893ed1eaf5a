import { describe, expect, it } from 'vitest';
import { leave, signedIn } from './desk';
import { person } from './people';
import { served } from './served';
import { barriers } from './visitor';

const site = served({ translator: 'TRANSLATOR', reviewer: 'REVIEWER', certifier: 'CERTIFIER', editor: 'EDITOR' });

const MISSING = '/en/desk/translations?locale=ar&kind=Project&task=MISSING';
const text = 'ترجمة كُتبت في الاختبار';

describe('the workbench', () => {
  it('takes a text from missing to reviewed: kept while the connection is lost, sent back with a word, written again, accepted', async () => {
    const translator = await signedIn(site, 'translator', MISSING);
    const { page } = translator;
    const source = await page.locator('.translate-source').innerText();
    const target = page.locator('#translate-target');
    await expect.poll(() => target.getAttribute('dir')).toBe('rtl');
    // What the source says in numbers and the translation does not is named.
    const numbers = [...source.matchAll(/\d+/g)].length > 0;
    await target.fill(text);
    expect(await page.locator('.translate-lacks').count()).toBe(numbers ? 1 : 0);
    await page.context().setOffline(true);
    await page.keyboard.press('Control+Enter');
    await page.getByText('The server cannot be reached').waitFor();
    await page.context().setOffline(false);
    await page.reload();
    await page.locator('.translate-source', { hasText: source }).waitFor();
    await expect.poll(() => target.inputValue()).toBe(text);
    await page.keyboard.press('Control+Enter');
    // The next text comes by itself.
    await page.waitForFunction((before) => (document.querySelector('.translate-source') as HTMLElement | null)?.innerText !== before, source);

    const reviewer = await signedIn(site, 'reviewer', MISSING.replace('MISSING', 'REVIEW'));
    await reviewer.page.locator('.translate-item', { hasText: source.slice(0, 40) }).first().click();
    await reviewer.page.waitForFunction((wanted) => (document.querySelector('#translate-target') as HTMLTextAreaElement | null)?.value === wanted, text);
    await reviewer.page.getByRole('button', { name: 'Send back' }).click();
    await reviewer.page.getByRole('alert').waitFor();
    await reviewer.page.getByLabel('Comment (needed to send back)').fill('Say it shorter');
    await reviewer.page.getByRole('button', { name: 'Send back' }).click();
    await reviewer.page.locator('.translate-source', { hasText: source }).waitFor({ state: 'detached' });

    await page.goto(site.server.address + MISSING.replace('MISSING', 'RETURNED'));
    await page.locator('.translate-item', { hasText: source.slice(0, 40) }).first().click();
    await page.getByText('Say it shorter').waitFor();
    await target.fill('ترجمة أقصر');
    await page.getByRole('button', { name: 'Hand in for review' }).click();
    await page.locator('.translate-source', { hasText: source }).waitFor({ state: 'detached' });

    await reviewer.page.reload();
    await reviewer.page.locator('.translate-item', { hasText: source.slice(0, 40) }).first().click();
    await reviewer.page.waitForFunction(() => (document.querySelector('#translate-target') as HTMLTextAreaElement | null)?.value === 'ترجمة أقصر');
    await reviewer.page.getByRole('button', { name: 'Reviewed, it is right' }).click();
    await reviewer.page.locator('.translate-source', { hasText: source }).waitFor({ state: 'detached' });
    await leave(translator, reviewer);
  });

  it('leaves a text where somebody writes it, also when somebody else was faster', async () => {
    const [first, second] = [await signedIn(site, 'translator', MISSING), await signedIn(site, 'translator', MISSING)];
    const source = await first.page.locator('.translate-source').innerText();
    await first.page.locator('#translate-target').fill('ما زلت أكتب');
    await second.page.locator('.translate-source', { hasText: source }).waitFor();
    await second.page.locator('#translate-target').fill('كنت أسرع');
    await second.page.keyboard.press('Control+Enter');
    await first.page.getByText('This text has left the queue').waitFor();
    await expect.poll(() => first.page.locator('#translate-target').inputValue()).toBe('ما زلت أكتب');
    await first.page.keyboard.press('Control+Enter');
    await first.page.getByRole('alert').waitFor();
    await leave(first, second);
  });

  it('hands a translation in as it stands where the change of its source does not touch it; readers keep the certified one until it is reviewed', async () => {
    const [editor, writer, reviewing, certifying] = await Promise.all(['editor', 'translator', 'reviewer', 'certifier'].map((login) => person(site.server, login)));
    if (!editor || !writer || !reviewing || !certifying) throw new Error('somebody is missing');
    const made = (await editor.ask('mutation($input: CreateProjectInput!) { made: createProject(input: $input) { project { id } } }', {
      input: { project: { originalLocale: 'en', status: 'PIPELINE', title: [{ locale: 'en', text: 'Repair of the irrigation canls of the lower valley' }] } },
    })) as { made: { project: { id: string } } };
    const { id } = made.made.project;
    const right = 'إصلاح قنوات الري في الوادي الأسفل';
    const wrote = (await writer.ask('mutation($input: WriteTranslationInput!) { wrote: writeTranslation(input: $input) { translation { id version } } }', { input: { subjectId: id, field: 'title', locale: 'ar', text: right } })) as {
      wrote: { translation: { id: string; version: number } };
    };
    const { translation } = wrote.wrote;
    const step = (version: number): object => ({ input: { id: translation.id, version } });
    await reviewing.ask('mutation($input: RecordInput!) { reviewTranslation(input: $input) { userErrors { path } } }', step(translation.version));
    await certifying.ask('mutation($input: RecordInput!) { certifyTranslation(input: $input) { userErrors { path } } }', step(translation.version + 1));
    const read = (await editor.ask('query($id: ID!) { project(by: { id: $id }) { version } }', { id })) as { project: { version: number } };
    await editor.ask('mutation($input: UpdateProjectInput!) { updateProject(input: $input) { userErrors { path } } }', {
      input: { id, version: read.project.version, project: { title: [{ locale: 'en', text: 'Repair of the irrigation canals of the lower valley' }] } },
    });
    const texts = async (): Promise<unknown> => {
      const told = await editor.ask('query($id: ID!) { project(by: { id: $id }) { translations(where: { locale: { eq: "ar" } }) { nodes { text status isStale proposal { text translator } } } } }', { id });
      return (told as { project: { translations: { nodes: unknown[] } } }).project.translations.nodes[0];
    };
    expect(await texts()).toEqual({ text: right, status: 'CERTIFIED', isStale: true, proposal: null });

    for (const [words, isForbidden] of [['قنوات الري', false], ['مجاري الري', true]] as const) {
      await writer.ask('mutation($input: CreateGlossaryTermInput!) { createGlossaryTerm(input: $input) { userErrors { path } } }', {
        input: { glossaryTerm: { sourceLocale: 'en', term: 'irrigation canals', locale: 'ar', translation: words, isForbidden } },
      });
    }

    const queue = (task: string): string => `/en/desk/translations?locale=ar&kind=Project&task=${task}`;
    const translator = await signedIn(site, 'translator', queue('STALE'));
    const { page } = translator;
    await page.locator('.translate-item', { hasText: 'Repair of the irrigation canals' }).click();
    const target = page.locator('#translate-target');
    await expect.poll(() => target.inputValue()).toBe(right);
    const still = page.getByRole('button', { name: 'The translation is still right Alt ↵' });
    const send = page.getByRole('button', { name: 'Hand in for review' });
    // A term of the glossary is marked also where the change of the source has parted it; what is wanted for it is said to whoever comes to it.
    const term = page.getByRole('term').filter({ hasText: 'irrigation' }).first();
    const wanted = page.getByRole('tooltip').filter({ hasText: 'Wanted: قنوات الري' }).filter({ hasText: 'Not: مجاري الري' });
    await expect.poll(async () => (await page.locator('.translate-term').evaluateAll((parts) => parts.map((part) => part.firstChild?.textContent))).join('|')).toBe('irrigation |canals');
    expect(await term.evaluate((part) => document.getElementById(part.getAttribute('aria-describedby') ?? '')?.textContent)).toContain('Wanted: قنوات الري');
    await term.hover();
    await wanted.waitFor();
    await target.hover();
    await wanted.waitFor({ state: 'hidden' });
    await term.focus();
    await wanted.waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await wanted.waitFor({ state: 'hidden' });
    // A word that it forbids is named, also with what Arabic writes together with it.
    await target.fill('إصلاح لمَجاري الري');
    await page.getByText(/The glossary wants .*قنوات الري.* for .*irrigation canals.*, not .*لمَجاري الري/).waitFor();
    await target.fill(right);
    await page.getByText('The glossary wants').waitFor({ state: 'detached' });
    // Nobody confirms by the way, and what was changed is handed in as a new text.
    expect([await still.isEnabled(), await send.isEnabled()]).toEqual([true, false]);
    await target.press('Control+Enter');
    await target.fill(`${right}!`);
    expect([await still.isEnabled(), await send.isEnabled()]).toEqual([false, true]);
    await target.press('Alt+Enter');
    await target.fill(right);
    expect(await texts()).toEqual({ text: right, status: 'CERTIFIED', isStale: true, proposal: null });
    await target.press('Alt+Enter');
    await page.locator('.translate-item', { hasText: 'Repair of the irrigation canals' }).waitFor({ state: 'detached' });
    expect(await texts()).toEqual({ text: right, status: 'CERTIFIED', isStale: true, proposal: { text: right, translator: 'translator' } });

    // Somebody else reviews it.
    const reviewer = await signedIn(site, 'reviewer', queue('REVIEW'));
    await reviewer.page.locator('.translate-item', { hasText: 'Repair of the irrigation canals' }).click();
    // They are told that it is the text that readers have, and shown what changed in the source.
    await reviewer.page.getByText(/^Unchanged: .translator. said that the translation is still right/).waitFor();
    await reviewer.page.locator('.translate-source ins').first().waitFor();
    await reviewer.page.getByRole('button', { name: 'Reviewed, it is right' }).click();
    await reviewer.page.locator('.translate-item', { hasText: 'Repair of the irrigation canals' }).waitFor({ state: 'detached' });
    expect(await texts()).toEqual({ text: right, status: 'REVIEWED', isStale: false, proposal: null });
    await leave(translator, reviewer);
  });

  it('marks the sentence of a long source at which the translator is, as she writes and as she moves', async () => {
    const writer = await person(site.server, 'editor');
    const source = ['The programme repairs canals.', 'It lasts two years.', 'See Art. 5 of the agreement.', 'Farmers are trained.', 'A report follows.'];
    const { done } = await writer.ask('mutation($input: CreateProjectInput!) { done: createProject(input: $input) { userErrors { path message } } }', {
      input: { project: { title: [{ locale: 'ar', text: 'برنامج القنوات' }], status: 'PIPELINE', description: [{ locale: 'ar', text: source.join(' ') }] } },
    });
    expect(done).toEqual({ userErrors: [] });
    const translator = await signedIn(site, 'translator', '/en/desk/translations?locale=en&kind=Project&task=MISSING');
    const { page } = translator;
    await page.locator('.translate-item', { hasText: 'The programme repairs canals' }).click();
    const [now, target] = [page.locator('.translate-now'), page.locator('#translate-target')];
    const marked = (sentence: string | undefined): Promise<void> => expect.poll(() => now.innerText()).toBe(sentence);
    await page.getByText('sentence 1 of 5').waitFor();
    await marked(source[0]);
    await target.pressSequentially('Canals are repaired. ');
    await marked(source[1]);
    await target.pressSequentially('For two years. See Art. 5 of it. ');
    await marked(source[3]);
    await page.getByText('sentence 4 of 5').waitFor();
    await page.keyboard.press('Control+Home');
    await marked(source[0]);
    expect(await barriers(page)).toEqual([]);
    await leave(translator);
  });

  it('leads from a number of the coverage to its queue', async () => {
    const visitor = await signedIn(site, 'translator', '/en/desk/coverage');
    const link = visitor.page.locator('.translate-coverage a[href*="task=MISSING"]').first();
    const promised = await link.innerText();
    await link.click();
    await visitor.page.getByText(`${promised} text`).waitFor();
    await leave(visitor);
  });
});

describe.each([
  { language: 'ar', width: 1440, theme: 'light' },
  { language: 'en', width: 390, theme: 'dark' },
] as const)('in $language, $width wide', ({ language, width, theme }) => {
  it.each(['translations', 'coverage'])('axe finds nothing on %s, and nothing sticks out', async (page) => {
    const visitor = await signedIn(site, 'translator', `/${language}/desk/${page}`, { width, theme });
    expect(await barriers(visitor.page)).toEqual([]);
    expect(await visitor.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0);
    await leave(visitor);
  });
});
