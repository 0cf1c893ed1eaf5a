import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { served } from './served';
import { type Visit, type Visitor, barriers, open } from './visitor';

const site = served();

/** Opens a page of the portal, and holds it to what every page owes its reader when the visit ends. */
async function visiting(path: string, wish: Partial<Visit>, walk: (visitor: Visitor) => Promise<void>): Promise<void> {
  const visitor = await open(site.browser, { address: site.server.address, path, ...wish });
  try {
    await visitor.page.locator('main h1').first().waitFor();
    await walk(visitor);
    expect(visitor.complaints).toEqual([]);
  } finally {
    await visitor.leave();
  }
}

/** The address of the first record of a list. */
async function firstOf(list: string): Promise<string> {
  let found = '';
  await visiting(`/ar/${list}`, {}, async ({ page }) => {
    found = (await page.locator('tbody th a').first().getAttribute('href')) ?? '';
  });
  return found.replace(/^\/ar/, '');
}

describe('the portal', () => {
  it('leads a visitor from the first page to a record, its neighbour and back', async () => {
    await visiting('/', {}, async ({ page }) => {
      await page.waitForURL('**/ar');
      await expect.poll(() => page.locator('html').getAttribute('dir')).toBe('rtl');
      await page.getByRole('searchbox').fill('حلب');
      await page.getByRole('button', { name: 'بحث' }).click();
      await page.locator('.explore-hits mark').first().waitFor();
      // The lists hold what the counts beside the hits say.
      const projects = page.locator('.explore-kinds a', { hasText: 'المشاريع' });
      const promised = (await projects.locator('small').textContent()) ?? '';
      await projects.click();
      await page.waitForURL('**/ar/projects?q=*');
      await expect.poll(() => page.getByRole('status').first().textContent()).toMatch(new RegExp(`^${promised} `));
      await page.goto(`${site.server.address}/ar/agreements?status=IN_FORCE`);
      const row = page.locator('tbody th a').first();
      const title = await row.textContent();
      const total = await page.getByRole('status').textContent();
      await row.click();
      await page.locator('.record h1', { hasText: title ?? '' }).waitFor();
      // The last party is one of few agreements; the ministry signs more of them than its page lists.
      await page.locator('aside a[href*="/organizations/"]').last().click();
      await page.locator('.record-neighbours a:visible', { hasText: title ?? '' }).first().waitFor();
      await page.goBack();
      await page.goBack();
      await page.locator('tbody th a', { hasText: title ?? '' }).first().waitFor();
      await expect.poll(() => page.getByRole('status').textContent()).toBe(total);
    });
  });

  it('draws what a record is linked to, and is walked by keys from record to record', async () => {
    const project = await firstOf('projects?agreement=' + (await firstOf('agreements?status=IN_FORCE')).split('/').pop());
    await visiting(`/ar${project}`, {}, async ({ page }) => {
      const picture = page.getByRole('group', { name: 'سجلات متصلة بهذا السجل' });
      await picture.locator('a').first().focus();
      await page.keyboard.press('ArrowLeft');
      expect(await page.evaluate(() => document.activeElement?.getAttribute('href'))).toMatch(/^\/ar\/(agreements|projects|units)\//);
      await picture.locator('a[href*="/agreements/"]').first().focus();
      await page.keyboard.press('Enter');
      await page.waitForURL('**/ar/agreements/*');
      await page.locator('.record-around a[href*="/projects/"]').first().waitFor();
      await page.getByRole('button', { name: 'كقائمة' }).click();
      await page.waitForURL('**around=list');
      await page.locator('.record-around-list h3').first().waitFor();
    });
  });

  it('counts what a facet promised, and keeps the choice in the address', async () => {
    await visiting('/en/agreements', {}, async ({ page }) => {
      const choice = page.locator('.explore-choice', { hasText: 'In force' }).first();
      await choice.waitFor();
      const promised = await choice.locator('span').textContent();
      await choice.locator('input').check();
      await page.waitForURL('**status=IN_FORCE');
      await page.getByText(`${promised} records`, { exact: true }).waitFor();
      await page.reload();
      await page.getByText(`${promised} records`, { exact: true }).waitFor();
      await page.getByRole('button', { name: 'Remove: In force' }).click();
      await expect.poll(() => page.evaluate(() => document.activeElement?.className)).toBe('explore-total');
      await page.waitForURL('**/en/agreements');
    });
  });

  it('follows the words as they are typed, whatever the spelling', async () => {
    await visiting('/ar/units', {}, async ({ page }) => {
      await page.getByRole('searchbox').pressSequentially('ادلب');
      await page.waitForURL('**q=*');
      await page.locator('tbody th a', { hasText: 'إدلب' }).first().waitFor();
    });
  });

  it('sorts by the head of a column and turns the direction', async () => {
    await visiting('/en/projects', {}, async ({ page }) => {
      await page.getByRole('button', { name: 'Title' }).click();
      await page.locator('th[aria-sort=ascending]', { hasText: 'Title' }).waitFor();
      await page.getByRole('button', { name: 'Title' }).click();
      await page.locator('th[aria-sort=descending]', { hasText: 'Title' }).waitFor();
    });
  });

  it('goes on to the next page and back to the first', async () => {
    await visiting('/en/projects', {}, async ({ page }) => {
      const first = await page.locator('tbody th a').first().textContent();
      await page.getByRole('button', { name: 'Next page' }).click();
      await page.getByRole('button', { name: 'First page' }).waitFor();
      await page.waitForLoadState('networkidle');
      await expect.poll(() => page.locator('tbody th a').first().textContent()).not.toBe(first);
      await page.getByRole('button', { name: 'First page' }).click();
      await page.locator('tbody th a', { hasText: first ?? '' }).first().waitFor();
    });
  });

  it('hands out the whole selection as a file that keeps its Arabic', async () => {
    await visiting('/ar/organizations', {}, async ({ page }) => {
      const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'نزّل' }).click()]);
      const text = readFileSync(await download.path(), 'utf8');
      expect(text.startsWith('\uFEFF')).toBe(true);
      const total = Number((await page.getByRole('status').first().textContent())?.replace(/\D/g, ''));
      expect(text.trimEnd().split('\r\n').length).toBe(total + 1);
      expect(text).toContain('النوع');
    });
  });

  it('draws a selection as a chart of one of its facets, kept in the address', async () => {
    await visiting('/en/projects?status=CLOSED', {}, async ({ page }) => {
      await page.getByRole('button', { name: 'Chart' }).click();
      await page.getByLabel('Count by').selectOption('governorate');
      await page.waitForURL('**view=chart&by=governorate');
      await page.locator('.explore-chart tbody tr').first().waitFor();
      const [name, count] = [await page.locator('.explore-chart button').first().textContent(), await page.locator('.explore-chart td').last().textContent()];
      expect(name && count).toBeTruthy();
      await page.locator('.explore-chart button').first().click();
      await page.waitForURL('**governorate=unt_*');
    });
  });

  it('adds up money by what the reader chooses: rows and columns give the same total, and the address keeps the view', async () => {
    await visiting('/en/funding', {}, async ({ page }) => {
      await page.locator('.funding tfoot td').last().waitFor();
      await page.getByLabel('Rows').selectOption('GOVERNORATE');
      await page.waitForURL('**rows=GOVERNORATE');
      await page.locator('.funding tbody th a[href*="/units/"]').first().waitFor();
      const number = (text: string): number => (text === '–' ? 0 : Number(text.replaceAll(',', '')));
      const cells = (await page.locator('.funding tfoot td').allInnerTexts()).map(number);
      const total = cells.pop() ?? 0;
      expect(total).toBeGreaterThan(0);
      // Each is rounded to two decimals of a million.
      expect(Math.abs(cells.reduce((sum, cell) => sum + cell, 0) - total)).toBeLessThanOrEqual(0.005 * (cells.length + 1));
      const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download the table' }).click()]);
      expect(readFileSync(await download.path(), 'utf8')).toContain('Aleppo');
      await page.reload();
      await expect.poll(() => page.getByLabel('Rows').inputValue()).toBe('GOVERNORATE');
    });
  });

  it('draws the same figures as bars, lines and flow, each with its table, and opens the list behind a figure', async () => {
    await visiting('/en/funding', {}, async ({ page }) => {
      await page.getByRole('button', { name: 'Bars' }).click();
      await page.waitForURL('**view=bars');
      await page.locator('.funding-bars rect').first().waitFor();
      await page.getByRole('button', { name: 'Lines' }).click();
      await page.locator('.funding-lines path').first().waitFor();
      await page.getByRole('button', { name: 'Flow' }).click();
      await page.locator('.funding-flow path').first().waitFor();
      await page.getByText('The same figures as a table').click();
      const governorate = page.locator('.funding-filters select').nth(2);
      await governorate.locator('option').nth(1).waitFor({ state: 'attached' });
      await governorate.selectOption({ index: 1 });
      await page.waitForURL('**governorate=*');
      await page.reload();
      await page.getByText('The same figures as a table').click();
      await page.locator('.funding-as-table td a').first().focus();
      await page.keyboard.press('Enter');
      await page.waitForURL('**/en/projects?governorate=*');
      await page.locator('tbody th a').first().waitFor();
      await expect.poll(() => page.locator('.explore-chips li', { hasText: 'Spend' }).count()).toBe(1);
    });
  });

  it.each(['agreements', 'projects', 'organizations', 'units'])('opens from the first page the list of %s that a figure counts', async (list) => {
    await visiting('/en', {}, async ({ page }) => {
      const figure = page.locator(`.home-value a[href*="/${list}?"]`);
      // Until it is counted, three dots stand there.
      await expect.poll(() => figure.textContent()).toMatch(/^\d/);
      const promised = (await figure.textContent()) ?? '';
      await figure.click();
      await page.waitForURL(`**/en/${list}?*`);
      await page.getByText(`${promised} records`, { exact: true }).waitFor();
    });
  });

  it('opens as many projects behind a figure as the year of the list promises', async () => {
    await visiting('/en/projects', {}, async ({ page }) => {
      const year = page.locator('fieldset', { hasText: 'Year with money' }).locator('.explore-choice').first();
      const promised = await year.locator('span').textContent();
      await year.locator('input').check();
      await page.getByText(`${promised} records`, { exact: true }).waitFor();
    });
  });

  it('hands out whole lists for other programs, and queries that the system answers', async () => {
    await visiting('/en/data', {}, async ({ page }) => {
      const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download: Organizations' }).click()]);
      const lines = readFileSync(await download.path(), 'utf8').trimEnd().split('\r\n');
      expect(lines[0]).toContain('name_ar,name_en');
      expect(lines.length).toBeGreaterThan(20);
      await page.getByRole('button', { name: 'Download: Transactions' }).click();
      await page.getByRole('button', { name: 'Stop' }).click();
      await page.getByRole('button', { name: 'Download: Transactions' }).waitFor();
      const [iati] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download: All activities of the register XML' }).click()]);
      const file = readFileSync(await iati.path(), 'utf8');
      expect(file).toContain('<iati-activities version="2.03">');
      expect(file.trimEnd().endsWith('</iati-activities>')).toBe(true);
      expect(file.split('<iati-activity ').length).toBeGreaterThan(20);
      const [organisations] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download: All organisations of the register XML' }).click()]);
      const second = readFileSync(await organisations.path(), 'utf8');
      expect(second.trimEnd().endsWith('</iati-organisations>')).toBe(true);
      expect(second.split('<iati-organisation ').length).toBeGreaterThan(20);
      const queries = await page.locator('.data-query code').evaluateAll((codes) => codes.map((code) => code.textContent ?? ''));
      expect(queries.length).toBeGreaterThan(5);
      for (const query of queries) {
        const response = await fetch(`${site.server.address}/graphql`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ query }) });
        const answer = (await response.json()) as { data?: unknown; errors?: unknown };
        expect(answer.errors, query).toBeUndefined();
        expect(answer.data, query).toBeTruthy();
      }
      await page.getByText('From organizations to places, and back').click();
      await page.getByRole('button', { name: 'Copy: From organizations' }).click();
      expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('query LinkedGraph');
    });
  });

  it('keeps page and filters when the language is switched', async () => {
    await visiting('/ar/agreements?status=IN_FORCE', {}, async ({ page }) => {
      await page.getByRole('link', { name: 'English' }).click();
      await page.waitForURL('**/en/agreements?status=IN_FORCE');
      await page.getByRole('heading', { name: 'Agreements', level: 1 }).waitFor();
      await expect.poll(() => page.locator('html').getAttribute('dir')).toBe('ltr');
    });
  });

  it('says so where there is no page, and where there is no such record', async () => {
    for (const path of ['/en/nowhere', '/en/agreements/agr_7fffffff', '/en/projects/whatever']) {
      await visiting(path, {}, async ({ page }) => {
        await page.getByRole('heading', { name: 'There is no page at this address' }).waitFor();
      });
    }
  });

  it('tells who is not signed in why a state of the past is not for them, and leads to the record of today and to the sign-in', async () => {
    const path = await firstOf('agreements');
    await visiting(`/en${path}?asOf=2026-11-01`, {}, async ({ page }) => {
      await page.getByRole('heading', { level: 1, name: 'Earlier states are for the staff' }).waitFor();
      expect(await page.getByRole('alert').count()).toBe(0);
      expect(await page.locator('main').getByRole('link', { name: 'Sign in' }).getAttribute('href')).toContain('asOf%3D2026-11-01');
      await page.getByRole('button', { name: 'Read the record of today' }).click();
      await page.locator('.record-head').waitFor();
      expect(page.url()).not.toContain('asOf');
    });
  });

  it('says which filter to lift where nothing is found, and what that would give', async () => {
    await visiting('/en/agreements?status=IN_FORCE&q=zzzz', {}, async ({ page }) => {
      const way = page.locator('.explore-empty li', { hasText: 'zzzz' });
      await way.waitFor();
      const gives = /gives (\d+) records/.exec(await way.innerText())?.[1];
      await way.getByRole('button').click();
      await page.getByText(`${gives} records`, { exact: true }).waitFor();
      // Other values of what was chosen can still be added.
      await page.locator('.explore-choice', { hasText: 'Expired' }).locator('input').check();
      await page.waitForURL('**status=IN_FORCE%2CEXPIRED');
    });
  });

  it('never draws the figures of one question under the words of another', async () => {
    await visiting('/en/funding', {}, async ({ page }) => {
      await page.getByRole('heading', { name: 'Spend by Sector and Year' }).waitFor();
      await page.route('**/graphql', async (route) => {
        await new Promise((resolve) => setTimeout(resolve, 1500));
        await route.continue();
      });
      await page.getByLabel('Measure').selectOption('COMMITMENT');
      await page.getByLabel('Currency').selectOption('EUR');
      await page.locator('.look-before').waitFor();
      expect(await page.locator('main h2').first().innerText()).toBe('Spend by Sector and Year');
      expect(await page.locator('.funding caption').innerText()).toContain('US dollars');
      expect(await page.locator('.funding tbody td a').first().getAttribute('href')).toContain('money=SPEND');
      await page.getByRole('heading', { name: /^(?!Spend).* by Sector and Year$/ }).waitFor();
      await page.locator('caption', { hasText: 'euros' }).waitFor();
    });
  });

  it('says what could not be read and reads it again, and offers to load a page of which a part never came', async () => {
    await visiting('/en/pages/about', {}, async ({ page }) => {
      await page.route('**/graphql', (route) => route.abort());
      await page.getByRole('link', { name: 'Agreements' }).first().click();
      const alert = page.getByRole('alert').first();
      await alert.waitFor();
      expect(await page.locator('main').innerText()).not.toMatch(/[A-Z]{2,}_[A-Z]/);
      await page.unroute('**/graphql');
      await alert.getByRole('button').click();
      await page.locator('tbody th a').first().waitFor();
      await page.route('**/assets/Funding*', (route) => route.abort());
      await page.getByRole('link', { name: 'Funding' }).first().click();
      await page.getByRole('heading', { name: 'This page could not be opened' }).waitFor();
      await page.unroute('**/assets/Funding*');
      await page.getByRole('button', { name: 'Load it again' }).click();
      await page.getByRole('heading', { level: 1, name: /^Funding/ }).waitFor();
    });
  });

  it('leads from the head of a record to its parts, at once and by the address alone', async () => {
    const path = await firstOf('projects');
    await visiting(`/en${path}`, {}, async ({ page }) => {
      await page.locator('.record-tabs a[href="#results"]').click();
      await page.waitForURL('**#results');
      await expect.poll(() => page.locator('#results').evaluate((part) => Math.abs(part.getBoundingClientRect().top))).toBeLessThan(400);
      await page.getByRole('link', { name: 'العربية' }).first().click();
      await page.waitForURL('**/ar/projects/*#results');
    });
  });

  it('says that there is no connection, keeps what stands, and goes on when it is back', async () => {
    await visiting('/en/projects', {}, async ({ page }) => {
      await page.locator('tbody th a').first().waitFor();
      await page.context().setOffline(true);
      await page.getByRole('alert').filter({ hasText: 'No connection' }).waitFor();
      await page.locator('.explore-choice', { hasText: 'Implementation' }).locator('input').check();
      await page.waitForURL('**status=IMPLEMENTATION');
      expect(await page.locator('tbody th a').count()).toBeGreaterThan(0);
      await page.context().setOffline(false);
      await expect.poll(() => page.getByRole('alert').count()).toBe(0);
      await expect.poll(() => page.locator('tbody .look-badge').allInnerTexts().then((states) => states.every((state) => state.trim() === 'Implementation'))).toBe(true);
    });
  });

  it('answers a broken link of its own with a reason', async () => {
    const visitor = await open(site.browser, { address: site.server.address, path: '/en/agreements?status=NONSENSE' });
    await visitor.page.getByRole('alert').waitFor({ timeout: 15_000 });
    await expect.poll(() => visitor.page.getByRole('alert').textContent()).toContain('NONSENSE');
    await visitor.leave();
  });
});

describe.each([
  { language: 'ar', width: 1312 },
  { language: 'en', width: 390 },
] as const)('in $language, $width wide', ({ language, width }) => {
  it.each(['', '/search?q=a', '/agreements', '/projects', '/organizations', '/units', '/funding', '/funding?view=bars', '/funding?view=lines', '/funding?view=flow', '/projects?money=SPEND&year=2024', '/projects?view=chart', '/data', '/pages/about', '/pages/counting', 'first agreements', 'first projects', 'first organizations', 'first units'])(
    'axe finds nothing on %s, and nothing sticks out',
    async (page) => {
      const path = page.startsWith('first ') ? await firstOf(page.slice('first '.length)) : page;
      await visiting(`/${language}${path}`, { width, theme: width === 390 ? 'dark' : 'light' }, async (visitor) => {
        expect(await barriers(visitor.page)).toEqual([]);
        expect(await visitor.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0);
      });
    },
  );
});
