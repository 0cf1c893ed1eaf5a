import { describe, expect, it } from 'vitest';
import { leave } from './desk';
import { served } from './served';
import { type Visit, type Visitor, atRest, barriers, open } from './visitor';

const site = served();

async function at(path: string, wish: Partial<Visit> = {}): Promise<Visitor> {
  const visitor = await open(site.browser, { address: site.server.address, path, ...wish });
  await visitor.page.locator('h1').waitFor();
  await atRest(visitor.page);
  return visitor;
}

const KILOBYTE = 1000;

describe('the portal', () => {
  it('sends at most 200 kB of code for its first page, map and all, and asks nobody else', async () => {
    const visitor = await open(site.browser, { address: site.server.address, path: '/robots.txt' });
    const { page } = visitor;
    const scripts: Promise<number>[] = [];
    const codes: Promise<string>[] = [];
    page.on('requestfinished', (request) => {
      if (request.resourceType() !== 'script') return;
      scripts.push(request.sizes().then((sizes) => sizes.responseBodySize));
      codes.push(request.response().then((response) => response?.text() ?? ''));
    });
    await page.goto(`${site.server.address}/ar`);
    await page.locator('.map-area').first().waitFor();
    await atRest(page);
    const sent = (await Promise.all(scripts)).reduce((sum, size) => sum + size, 0);
    expect(sent).toBeGreaterThan(50 * KILOBYTE);
    expect(sent).toBeLessThanOrEqual(200 * KILOBYTE);
    // Its own questions come along, those of other pages do not.
    const code = (await Promise.all(codes)).join('\n');
    expect(code.match(/query \w+/g)?.length).toBeGreaterThan(0);
    expect(code.match(/mutation \w+|query Desk\w+/g)).toBe(null);
    // Nor do those of the desk with a record.
    await page.goto(`${site.server.address}/en/agreements`);
    await page.locator('tbody th a').first().click();
    await page.locator('.record-counted').first().waitFor();
    await atRest(page);
    expect((await Promise.all(codes)).join('\n').match(/query (?:Desk|Edit|Quality)\w+/g)).toBe(null);
    await leave(visitor);
  });

  it('is walked by the keyboard alone: past the menu, to a page, along its rows, into a record', async () => {
    const visitor = await at('/en');
    const { page } = visitor;
    await page.keyboard.press('Tab');
    await expect.poll(() => page.evaluate(() => document.activeElement?.className)).toBe('skip');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: /Go to a page/ }).waitFor();
    await page.keyboard.type('agreem');
    await page.getByRole('option', { selected: true, name: 'Agreements' }).waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/en/agreements');
    await page.locator('tbody th a').first().waitFor();
    await atRest(page);
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    const title = await page.locator('tbody th a').first().innerText();
    await expect.poll(() => page.evaluate(() => (document.activeElement as HTMLElement).innerText)).toBe(title);
    // In a field a letter is a letter.
    await page.keyboard.press('/');
    await page.keyboard.type('jk?');
    await expect.poll(() => page.getByRole('searchbox').inputValue()).toBe('jk?');
    await page.getByRole('searchbox').fill('');
    await page.waitForURL((url) => !url.search.includes('q='));
    await page.locator('tbody th a', { hasText: title }).first().focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: title }).waitFor();
    await leave(visitor);
  });

  it('keeps what is typed before the commands stand', async () => {
    const visitor = await at('/en');
    const { page } = visitor;
    await page.route('**/assets/CommandDialog*', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 700));
      await route.continue();
    });
    await page.keyboard.press('Control+k');
    await page.keyboard.type('fundx');
    await page.keyboard.press('Backspace');
    await page.getByRole('combobox').waitFor();
    await page.keyboard.type('ing');
    await expect.poll(() => page.getByRole('combobox').inputValue()).toBe('funding');
    await leave(visitor);
  });

  it('finds records among the commands, and turns single keys off for whoever wants that', async () => {
    const visitor = await at('/ar');
    const { page } = visitor;
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').waitFor();
    await page.keyboard.type('ادلب');
    await page.getByRole('option', { name: /إدلب.*وحدة إدارية/ }).first().waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    const switched = page.getByRole('checkbox', { name: /المفاتيح المفردة/ });
    await switched.waitFor();
    expect(await barriers(page)).toEqual([]);
    await switched.uncheck();
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').waitFor();
    expect(await page.locator('dialog').count()).toBe(1);
    await leave(visitor);
  });

  it.each(['/en/funding', '/ar'])('prints %s without its frame, in dark ink', async (path) => {
    const visitor = await at(path, { theme: 'dark' });
    const { page } = visitor;
    await page.emulateMedia({ media: 'print' });
    for (const frame of ['.shell-top', '.shell-foot']) expect(await page.locator(frame).isVisible()).toBe(false);
    const ink = await page.locator('main h2').first().evaluate((head) => getComputedStyle(head).color);
    expect(Math.max(...(ink.match(/\d+/g) ?? []).slice(0, 3).map(Number))).toBeLessThan(100);
    await leave(visitor);
  });

  it.each(['', 'agreements', 'projects', 'organizations', 'units', 'funding', 'data', 'search?q=a', 'sign-in', 'agreements/agr_1', 'units/unt_3', 'pages/counting'])('keeps /%s within the window, however wide that is', async (path) => {
    for (const language of ['ar', 'en']) {
      const visitor = await at(`/${language}/${path}`);
      for (const width of [1245, 1110, 945, 770, 390, 320]) {
        await visitor.page.setViewportSize({ width, height: 800 });
        await expect.poll(() => visitor.page.evaluate(() => document.documentElement.scrollWidth), { message: `${language}, ${width} wide` }).toBeLessThanOrEqual(width);
      }
      await leave(visitor);
    }
  });

  it('keeps a project within a narrow window, the longest amounts of its transactions too', async () => {
    const response = await fetch(`${site.server.address}/graphql`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ query: '{ projects(first: 1, where: { transactions: { some: { type: { eq: EXPENDITURE }, value: { currency: { eq: "SYP" }, amount: { gt: "1000000000" } } } } }) { nodes { id } } }' }),
    });
    const { data } = (await response.json()) as { data: { projects: { nodes: { id: string }[] } } };
    const visitor = await at(`/en/projects/${data.projects.nodes[0]?.id}`, { width: 320 });
    await visitor.page.locator('#transactions td', { hasText: 'Syrian pounds' }).first().waitFor();
    await expect.poll(() => visitor.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    await leave(visitor);
  });

  it('opens the list behind what is not stated, and behind what was taken together', async () => {
    const visitor = await at('/en/funding?rows=DISTRICT&columns=FINANCE_TYPE&all=1');
    const { page } = visitor;
    await page.locator('.funding tfoot td').last().waitFor();
    // Each figure of the table is a link now.
    expect(await page.locator('.funding tbody td').filter({ hasNot: page.locator('a') }).filter({ hasText: /\d/ }).count()).toBe(0);
    await page.locator('.funding tbody tr', { hasText: 'Country' }).locator('td a').last().click();
    await page.waitForURL('**/en/projects?district=none*');
    await page.locator('.explore-chips li', { hasText: 'not stated' }).waitFor();
    await page.locator('tbody th a').first().waitFor();
    await page.goto(`${site.server.address}/en/funding?rows=SDG`);
    await page.locator('.funding tbody td a').first().click();
    await page.waitForURL('**/en/projects?goal=*');
    await page.locator('tbody th a').first().waitFor();
    await leave(visitor);
  });
});
