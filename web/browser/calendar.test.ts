import { describe, expect, it } from 'vitest';
import { leave, signedIn } from './desk';
import { served } from './served';
import { barriers } from './visitor';

const site = served({ analyst: 'ANALYST', partner: 'PARTNER' });

/** The day of the first item that is due, as the graph tells it. */
async function dueDay(): Promise<string> {
  const response = await fetch(`${site.server.address}/graphql`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ query: '{ agenda(first: 1) { dueOn } }' }),
  });
  const answer = (await response.json()) as { data: { agenda: { dueOn: string }[] } };
  return answer.data.agenda[0]?.dueOn ?? '';
}

describe('the calendar', () => {
  it('shows a month whose days the arrows walk, in the direction of reading, and leads to what is due by keys alone', async () => {
    const day = await dueDay();
    const visitor = await signedIn(site, 'analyst', `/ar/desk/calendar?day=${day}`);
    const { page } = visitor;
    const chosen = page.locator('.calendar-grid [aria-selected=true]');
    await chosen.locator('.calendar-late').first().waitFor();
    await expect.poll(() => page.locator('.calendar-grid [aria-current=date], .calendar-grid td').count()).toBeGreaterThanOrEqual(28);
    await chosen.focus();
    const focused = (wanted: string): Promise<unknown> => page.waitForFunction((day) => (document.activeElement as HTMLElement).dataset['day'] === day, wanted);
    const next = new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
    await page.keyboard.press('ArrowLeft');
    await focused(next);
    await page.keyboard.press('PageDown');
    await page.waitForFunction((before) => !['', undefined, before].includes((document.activeElement as HTMLElement).dataset['day']), next);
    await page.keyboard.press('PageUp');
    await focused(next);
    await page.keyboard.press('ArrowRight');
    await focused(day);
    await page.waitForURL(`**day=${day}*`);
    await page.locator('.desk-peek .desk-item').first().waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await page.locator('.desk-peek dl').waitFor();
    await page.keyboard.press('Escape');
    expect(await page.evaluate(() => (document.activeElement as HTMLElement).dataset['day'])).toBe(day);
    await leave(visitor);
  });

  it('marks today, begins weeks as Syria does, and keeps kind, unit and view in the address', async () => {
    const visitor = await signedIn(site, 'analyst', '/en/desk/calendar');
    const { page } = visitor;
    await page.locator('.calendar-grid [aria-current=date]').waitFor();
    const begins = await page.evaluate(() => (new Intl.Locale('ar-SY') as Intl.Locale & { getWeekInfo(): { firstDay: number } }).getWeekInfo().firstDay);
    await expect.poll(() => page.locator('.calendar-grid abbr').first().getAttribute('title')).toBe(begins === 6 ? 'Saturday' : 'Sunday');
    await page.getByRole('button', { name: 'Expiry', exact: true }).click();
    await page.waitForURL('**kind=EXPIRY*');
    await page.getByLabel('Unit in charge').selectOption({ index: 1 });
    await page.waitForURL('**owner=*');
    await page.getByRole('button', { name: 'List' }).click();
    await page.waitForURL('**view=list*');
    await page.reload();
    await page.locator('.calendar-grid').waitFor({ state: 'detached' });
    await expect.poll(() => page.getByRole('button', { name: 'Expiry', exact: true }).getAttribute('aria-pressed')).toBe('true');
    await leave(visitor);
  });

  it('narrows to what concerns an organization', async () => {
    const visitor = await signedIn(site, 'analyst', '/en/desk/calendar');
    const { page } = visitor;
    await page.getByRole('combobox', { name: 'Organization' }).fill('a');
    await page.locator('.edit-picker [role=option]').first().click();
    await page.waitForURL('**organization=org_*');
    await page.reload();
    await page.waitForFunction(() => (document.querySelector('.calendar-organization input') as HTMLInputElement | null)?.value);
    await leave(visitor);
  });
});

describe('the terms of agreements', () => {
  it('show what ends soon and what is overdue, with deadlines and duties beside the list, each leading to its day', async () => {
    const visitor = await signedIn(site, 'analyst', '/en/desk/terms?show=late');
    const { page } = visitor;
    await page.locator('.calendar-terms .desk-item').first().click();
    await page.keyboard.press('ArrowDown');
    await page.locator('.desk-peek .calendar-late a').first().click();
    await page.waitForURL('**/en/desk/calendar?day=*');
    await page.locator('.desk-peek .desk-item').first().waitFor();
    await page.goto(`${site.server.address}/en/desk/terms`);
    const all = Number.parseInt(await page.locator('.desk-head [role=status]').innerText(), 10);
    await page.getByRole('button', { name: 'Expiring within 180 days' }).click();
    await page.waitForURL('**show=expiring');
    await page.waitForFunction((before) => Number.parseInt((document.querySelector('.desk-head [role=status]') as HTMLElement).innerText, 10) < before, all);
    await leave(visitor);
  });
});

describe('who may not', () => {
  it('finds neither the entries in the menu nor the pages', async () => {
    const visitor = await signedIn(site, 'partner', '/en/desk');
    expect(await visitor.page.getByRole('link', { name: 'Calendar' }).count()).toBe(0);
    await visitor.page.goto(`${site.server.address}/en/desk/calendar`);
    await visitor.page.getByRole('heading', { name: 'This page is not for your roles' }).waitFor();
    await leave(visitor);
  });
});

describe.each([
  { language: 'ar', width: 1440, theme: 'light' },
  { language: 'en', width: 390, theme: 'dark' },
] as const)('in $language, $width wide', ({ language, width, theme }) => {
  it.each(['calendar?view=month', 'calendar?view=list', 'terms'])('axe finds nothing on %s, and nothing sticks out', async (page) => {
    const day = await dueDay();
    const visitor = await signedIn(site, 'analyst', `/${language}/desk/${page}${page.startsWith('calendar') ? `&day=${day}` : ''}`, { width, theme });
    await visitor.page.locator('.desk-item:visible, .calendar-item:visible, .calendar-count:visible').first().waitFor();
    expect(await barriers(visitor.page)).toEqual([]);
    expect(await visitor.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0);
    await leave(visitor);
  });
});
