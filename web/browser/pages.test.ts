import { describe, expect, it } from 'vitest';
import { leave, signedIn } from './desk';
import { person } from './people';
import { served } from './served';
import { barriers, open } from './visitor';

const site = served({ editor: 'EDITOR', approver: 'APPROVER', analyst: 'ANALYST' });

describe('the pages of the directorate', () => {
  it('are begun with a preview, keep both languages, and are published for readers', async () => {
    const editor = await signedIn(site, 'editor', '/en/desk/pages');
    const { page } = editor;
    await page.getByRole('button', { name: /How we count/ }).waitFor();
    await page.keyboard.press('n');
    await page.getByRole('heading', { name: 'New page' }).waitFor();
    await page.getByLabel(/^Name in the address/).fill('Guide For Partners');
    await page.getByLabel('Title, in English').fill('Guide for partners');
    await page.getByLabel('Title, in Arabic').fill('دليل الشركاء');
    await page.getByLabel('Text, in English').fill('## What we ask\n\n- A letter\n- A plan\n\nSee [how we count](counting).\n\n![no picture](https://example.org/x.png)');
    const preview = page.getByRole('article', { name: 'As readers will see it' });
    await preview.getByRole('heading', { name: 'What we ask' }).waitFor();
    await expect.poll(() => preview.getByRole('listitem').allInnerTexts()).toEqual(['A letter', 'A plan']);
    expect(await preview.locator('img').count()).toBe(0);
    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    await preview.getByRole('heading', { name: 'What we ask' }).waitFor({ state: 'detached' });
    await page.getByLabel('Text, in English').fill('## What we ask\n\nSee [how we count](counting).');
    await page.getByRole('button', { name: 'Arabic', exact: true }).click();
    await preview.getByRole('heading', { name: 'دليل الشركاء' }).waitFor();

    await page.keyboard.press('Control+s');
    await page.locator('[data-field=slug]').getByRole('alert').waitFor();
    await page.getByLabel(/^Name in the address/).fill('guide-for-partners');
    await page.keyboard.press('Control+s');
    await page.waitForURL('**/en/desk/pages/pag_*');
    await page.getByRole('heading', { name: 'Not published' }).waitFor();
    // What was written in the other language is a translation that nobody has reviewed: it stays in the form all the same.
    await expect.poll(() => page.getByLabel('Title, in Arabic').inputValue()).toBe('دليل الشركاء');
    await page.getByRole('row', { name: /^Title/ }).getByText('Waits for a review').waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.getByRole('button', { name: /^Submit/ }).click();
    await page.locator('.pages-waiting').getByText('Submitted').waitFor();

    const approver = await signedIn(site, 'approver', '/en/desk/review');
    await approver.page.locator('.desk-item', { hasText: 'Guide for partners' }).click();
    await approver.page.locator('.desk-peek').getByRole('heading', { name: 'Guide for partners' }).waitFor();
    await approver.page.locator('.desk-peek').getByText('See [how we count](counting).').waitFor();
    await approver.page.getByRole('button', { name: /^Publish/ }).click();
    await approver.page.locator('.desk-item', { hasText: 'Guide for partners' }).waitFor({ state: 'detached' });

    const reader = await open(site.browser, { address: site.server.address, path: '/en/pages/guide-for-partners' });
    await reader.page.getByRole('heading', { name: 'What we ask' }).waitFor();
    expect(await reader.page.getByRole('link', { name: 'Edit this page' }).count()).toBe(0);
    await reader.page.getByRole('link', { name: 'how we count', exact: true }).click();
    await reader.page.waitForURL('**/en/pages/counting');
    await leave(editor, approver, reader);
  });

  it('are changed from where they are read; the change stays in the form until it is published', async () => {
    const editor = await signedIn(site, 'editor', '/en/desk');
    const { page } = editor;
    await page.goto(`${site.server.address}/en/pages/privacy`);
    await page.getByRole('link', { name: 'Edit this page' }).click();
    await page.getByRole('heading', { name: 'Page: privacy' }).waitFor();
    // The portal leads to this page by its name.
    expect(await page.getByLabel(/^Name in the address/).count()).toBe(0);
    await page.getByLabel('Introduction, in Arabic').fill('القراءة لا تحتاج إلى حساب أبداً.');
    await page.keyboard.press('Control+s');
    await page.getByText('Kept as a change of a published record').waitFor();
    await page.locator('.pages-waiting').getByText('Draft').waitFor();
    await page.reload();
    await expect.poll(() => page.getByLabel('Introduction, in Arabic').inputValue()).toBe('القراءة لا تحتاج إلى حساب أبداً.');
    const reader = await open(site.browser, { address: site.server.address, path: '/ar/pages/privacy' });
    await reader.page.locator('.page-body').waitFor();
    expect(await reader.page.getByText('القراءة لا تحتاج إلى حساب أبداً.').count()).toBe(0);

    const approver = await signedIn(site, 'approver', '/ar/desk/pages');
    await approver.page.getByRole('button', { name: /الخصوصية/ }).click();
    await approver.page.locator('.desk-compare').getByText('القراءة لا تحتاج إلى حساب أبداً.').waitFor();
    expect(await barriers(approver.page)).toEqual([]);
    await approver.page.getByRole('button', { name: /^انشر/ }).click();
    await approver.page.locator('.pages-waiting').waitFor({ state: 'detached' });
    await approver.page.goto(`${site.server.address}/ar/desk/history?record=pag_6`);
    await approver.page.locator('.desk-item').first().click();
    await approver.page.locator('.desk-peek').getByText('القراءة لا تحتاج إلى حساب أبداً.').waitFor();
    await reader.page.reload();
    await reader.page.getByText('القراءة لا تحتاج إلى حساب أبداً.').waitFor();
    await leave(editor, approver, reader);
  });

  it('say on the first page what the directorate is and does', async () => {
    const { ask } = await person(site.server, 'approver');
    const read = async (slug: string): Promise<{ id: string; version: number }> => ((await ask('query($slug: String!) { page(by: { slug: $slug }) { id version } }', { slug })) as { page: { id: string; version: number } }).page;
    const publish = async (slug: string, texts: object): Promise<void> => {
      await ask('mutation($input: UpdatePageInput!) { updatePage(input: $input) { userErrors { message } } }', { input: { ...(await read(slug)), page: texts } });
      await ask('mutation($input: RecordInput!) { publishRecord(input: $input) { userErrors { message } } }', { input: await read(slug) });
    };
    const visitor = await open(site.browser, { address: site.server.address, path: '/ar' });
    const { page } = visitor;
    const tasks = page.locator('.home-tasks li');
    await expect.poll(() => tasks.count()).toBe(5);
    await publish('home', { title: [{ locale: 'ar', text: 'سجل التعاون الدولي في سورية' }] });
    await publish('tasks', { body: [{ locale: 'ar', text: '- **بناء الشراكات**: نبحث عن الشركاء. [المنظمات](/organizations)\n- **الترجمة**: نصوص موثوقة.' }] });
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'سجل التعاون الدولي في سورية' }).waitFor();
    expect(await tasks.allInnerTexts()).toEqual([expect.stringContaining('نبحث عن الشركاء.'), expect.stringContaining('نصوص موثوقة.')]);
    expect(await barriers(page)).toEqual([]);
    await tasks.getByRole('link', { name: 'المنظمات' }).click();
    await page.waitForURL('**/ar/organizations');
    await leave(visitor);
  });

  it('are for those who write and publish: others get a page that says so, and readers of the desk no way in', async () => {
    const analyst = await signedIn(site, 'analyst', '/en/desk');
    const { page } = analyst;
    expect(await page.getByRole('navigation').getByRole('link', { name: 'Pages of the portal' }).count()).toBe(0);
    for (const path of ['/en/desk/pages', '/en/desk/pages/pag_1']) {
      await page.goto(site.server.address + path);
      await page.getByText('This page is for those who write and publish the register.').waitFor();
    }
    await page.goto(`${site.server.address}/en/pages/privacy`);
    await page.locator('.page-body').waitFor();
    expect(await page.getByRole('link', { name: 'Edit this page' }).count()).toBe(0);
    await leave(analyst);
  });

  it('have room on a narrow screen', async () => {
    const editor = await signedIn(site, 'editor', '/ar/desk/pages/pag_4', { width: 390 });
    await editor.page.getByRole('heading', { name: 'كما سيراها القراء' }).waitFor();
    expect(await editor.page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    expect(await barriers(editor.page)).toEqual([]);
    await leave(editor);
  });
});
