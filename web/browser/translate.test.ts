import { describe, expect, it } from 'vitest';
import { leave, signedIn } from './desk';
import { served } from './served';
import { barriers } from './visitor';

const site = served({ translator: 'TRANSLATOR', reviewer: 'REVIEWER' });

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
