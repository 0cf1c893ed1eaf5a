import { describe, expect, it } from 'vitest';
import { leave, signedIn } from './desk';
import { type Person, person } from './people';
import { served } from './served';
import { barriers } from './visitor';

const site = served({ editor: 'EDITOR', approver: 'APPROVER', partner: 'ANALYST' });

/** A draft that the editor hands in and the approver sends back, with a word. */
async function returned(title: string): Promise<string> {
  const [editor, approver] = [await person(site.server, 'editor'), await person(site.server, 'approver')];
  const done = async (who: Person, mutation: string, type: string, input: object): Promise<{ record: { id: string; version: number } }> => {
    const { done: answer } = await who.ask(`mutation($input: ${type}!) { done: ${mutation} }`, { input });
    expect((answer as { userErrors: unknown }).userErrors).toEqual([]);
    return answer as { record: { id: string; version: number } };
  };
  const organization = { name: [{ locale: 'ar', text: title }], kind: 'MINISTRY' };
  const { record } = await done(editor, 'createOrganization(input: $input) { record: organization { id version } userErrors { message } }', 'CreateOrganizationInput', { organization });
  await done(editor, 'submitRecord(input: $input) { userErrors { message } }', 'RecordInput', record);
  await done(approver, 'returnRecord(input: $input) { userErrors { message } }', 'RecordInput', { id: record.id, version: record.version + 1, comment: 'Which of the two?' });
  return record.id;
}

describe('what concerns one', () => {
  it('comes by itself, is counted until it was seen, and leads to its place', async () => {
    const visitor = await signedIn(site, 'editor', '/en/desk/calendar');
    const { page } = visitor;
    const bell = page.locator('.notices-wide').getByRole('button', { name: 'What concerns me' });
    await bell.waitFor();
    expect(await page.locator('.notices-wide .notices-count').count()).toBe(0);
    const id = await returned('جهة أُعيدت');
    await page.locator('.notices-wide').getByText('One thing that concerns you is new').waitFor({ state: 'attached' });
    await expect.poll(() => page.locator('.notices-wide .notices-count').innerText()).toBe('1');
    await bell.focus();
    await page.keyboard.press('Enter');
    const pane = page.getByRole('region', { name: 'What concerns me' });
    const line = pane.locator('li').first();
    await line.getByText('Returned to you · approver').waitFor();
    await line.getByText('Which of the two?').waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('What concerns me');
    // It is new as long as it is looked at, and not once the pane was closed; the focus is back at the bell.
    await expect.poll(() => line.getAttribute('class')).toBe('notices-fresh');
    await page.keyboard.press('Escape');
    await pane.waitFor({ state: 'detached' });
    await page.locator('.notices-wide .notices-count').waitFor({ state: 'detached' });
    await expect.poll(() => page.evaluate(() => document.activeElement?.className)).toBe('notices-bell');
    await page.reload();
    await bell.click();
    await line.getByRole('link', { name: 'جهة أُعيدت' }).waitFor();
    expect(await line.getAttribute('class')).toBe(null);
    await line.getByRole('link').click();
    await page.waitForURL(`**/en/desk/drafts?item=${id}`);
    await pane.waitFor({ state: 'detached' });
    await page.locator('.desk-peek').getByText('Which of the two?').waitFor();
    await leave(visitor);
  });

  it('is nothing where nobody did anything', async () => {
    const visitor = await signedIn(site, 'partner', '/en/desk');
    await visitor.page.locator('.notices-wide').getByRole('button', { name: 'What concerns me' }).click();
    await visitor.page.getByText('Nobody has done anything to your work').waitFor();
    // Who goes on working on the page closes it.
    await visitor.page.locator('.desk h1').click();
    await visitor.page.locator('.notices-pane').waitFor({ state: 'detached' });
    await leave(visitor);
  });
});

describe.each([
  { language: 'ar', width: 1440, theme: 'light', at: '.notices-wide' },
  { language: 'en', width: 390, theme: 'dark', at: '.notices-narrow' },
] as const)('in $language, $width wide', ({ language, width, theme, at }) => {
  it('axe finds nothing at bell and pane, and nothing sticks out', async () => {
    await returned(`أُعيدت في ${language}`);
    const visitor = await signedIn(site, 'editor', `/${language}/desk`, { width, theme });
    const { page } = visitor;
    await page.locator(`${at} .notices-count`).waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.locator(`${at} .notices-bell`).click();
    await page.locator('.notices-pane li').first().waitFor();
    expect(await barriers(page)).toEqual([]);
    const pane = await page.locator('.notices-pane').boundingBox();
    expect(pane && pane.x >= 0 && pane.x + pane.width <= width).toBe(true);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0);
    await leave(visitor);
  });
});
