import { describe, expect, it } from 'vitest';
import { leave, signedIn } from './desk';
import { served } from './served';

const site = served({ translator: 'TRANSLATOR', editor: 'EDITOR', approver: 'APPROVER' });

describe('the desk offers each role what it may do', () => {
  it('names only the keys of steps that one may take, and leads only those to a form who may save it', async () => {
    const keys = async (login: string, page: string): Promise<string> => {
      const visitor = await signedIn(site, login, `/en/desk/${page}`);
      await visitor.page.locator('.desk-item').first().click();
      // What the record says comes last.
      await visitor.page.locator('.desk-peek dl').first().waitFor();
      const told = await visitor.page.locator('.desk-keys kbd').allInnerTexts();
      const edits = await visitor.page.locator('.desk-peek').getByRole('link', { name: 'Edit' }).count();
      await leave(visitor);
      return `${told.filter((key) => /^[EARSZ]$/.test(key)).join('')} ${edits}`;
    };
    expect(await keys('translator', 'review')).toBe(' 0');
    expect(await keys('editor', 'review')).toBe('EZ 1');
    expect(await keys('approver', 'review')).toBe('EARZ 1');
    expect(await keys('editor', 'drafts')).toBe('ESZ 1');
  });

  it('asks for a comment as needed only where something can be returned', async () => {
    const editor = await signedIn(site, 'editor', '/en/desk/drafts');
    await editor.page.locator('.desk-item').first().click();
    await editor.page.locator('.desk-peek').getByLabel('Comment', { exact: true }).waitFor();
    await leave(editor);
  });

  it('does not ask somebody to add a term who may not', async () => {
    const editor = await signedIn(site, 'editor', '/en/desk/glossary');
    await editor.page.getByText('The glossary is empty. Translators, reviewers and administrators add terms.').waitFor();
    await leave(editor);
  });

  it('keeps the page one is on, and the way out, in sight in a menu that is longer than the window', async () => {
    const admin = await signedIn(site, 'admin', '/en/desk/codelists', { height: 700 });
    const { page } = admin;
    const inSight = (name: string, role: 'link' | 'button'): Promise<boolean> =>
      page.locator('.desk-side').getByRole(role, { name, exact: true }).evaluate((element) => {
        const { top, bottom, left, width } = element.getBoundingClientRect();
        return top >= 0 && bottom <= innerHeight && element.contains(document.elementFromPoint(left + width / 2, (top + bottom) / 2));
      });
    await expect.poll(() => inSight('Code lists', 'link')).toBe(true);
    expect(await inSight('Sign out', 'button')).toBe(true);
    await leave(admin);
  });
});
