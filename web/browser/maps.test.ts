import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { leave } from './desk';
import { served } from './served';
import { BINARY } from './server';
import { type Visit, type Visitor, barriers, open } from './visitor';

const site = served();

interface Unit {
  id: string;
  pcode: string;
  latitude: number;
  longitude: number;
}

let governorates: Unit[] = [];
let aleppo = '';
let afrin = '';
let project = '';

async function ask<Data>(query: string): Promise<Data> {
  const answer = await fetch(`${site.server.address}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query }) });
  return ((await answer.json()) as { data: Data }).data;
}

beforeAll(async () => {
  const data = await ask<{ governorates: { nodes: Unit[] }; afrin: Unit; projects: { nodes: { id: string }[] } }>(`{
    governorates: administrativeUnits(where: { level: { eq: 1 } }, first: 40) { nodes { id pcode latitude longitude } }
    afrin: administrativeUnit(by: { pcode: "SY0203" }) { id }
    projects(where: { locations: { some: { unit: { level: { gte: 2 } } } } }, first: 1) { nodes { id } }
  }`);
  governorates = data.governorates.nodes;
  aleppo = governorates.find((unit) => unit.pcode === 'SY02')?.id ?? '';
  afrin = data.afrin.id;
  project = data.projects.nodes[0]?.id ?? '';
});

/** Opens a page and waits for its first map. */
async function map(path: string, wish: Partial<Visit> = {}): Promise<Visitor> {
  const visitor = await open(site.browser, { address: site.server.address, path, ...wish });
  await visitor.page.locator('.map-sheet .map-fill').first().waitFor();
  return visitor;
}

/** Every page with a map, as a wide and a narrow reader sees it. */
const pages = ['', '?map=projects', '/units/ALEPPO', '/units/AFRIN', '/projects/PROJECT', '/projects?view=map', '/projects?view=map&governorate=ALEPPO', '/units?view=map', '/funding?view=map'].flatMap((path) => [
  { path, language: 'ar', width: 1312, theme: 'light' } as const,
  { path, language: 'en', width: 390, theme: 'dark' } as const,
]);

/** Holds a page with a map to what it owes its reader. */
async function withoutBarriers({ path, language, ...wish }: (typeof pages)[number]): Promise<void> {
  const visitor = await map(`/${language}${path.replace('ALEPPO', aleppo).replace('AFRIN', afrin).replace('PROJECT', project)}`, wish);
  expect(await barriers(visitor.page)).toEqual([]);
  expect(await visitor.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
  await leave(visitor);
}

describe('without boundaries', () => {
  it.each([
    { language: 'ar', name: 'حلب', note: 'خريطة تخطيطية' },
    { language: 'en', name: 'Aleppo', note: 'A schematic map' },
  ])('draws hexagons in $language, says that they are schematic, and leads to a unit by the keyboard alone', async ({ language, name, note }) => {
    const visitor = await map(`/${language}`);
    const { page } = visitor;
    await expect.poll(() => page.locator('.map-area').count()).toBe(governorates.length);
    await expect.poll(() => page.locator('.map-note').first().textContent()).toContain(note);
    // The map is the same way round in both languages.
    const [west, east] = await Promise.all(['SY06', 'SY08'].map((pcode) => page.locator(`.map-area[href$="/${governorates.find((unit) => unit.pcode === pcode)?.id ?? ''}"]`).boundingBox()));
    expect(west?.x).toBeLessThan(east?.x ?? 0);
    const area = page.locator(`.map-area[href$="/units/${aleppo}"]`);
    const spoken = await area.getAttribute('aria-label');
    await area.focus();
    await page.locator('.map-hint', { hasText: name }).waitFor();
    await page.locator('.map details summary').last().click();
    const row = page.locator('.map tbody tr', { hasText: name }).filter({ has: page.locator(`a[href$="/units/${aleppo}"]`) });
    expect(`${await row.locator('th').textContent()}: ${await row.locator('td').textContent()}`).toBe(spoken);
    await area.focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/${language}/units/${aleppo}`);
    await page.locator('h1', { hasText: name }).waitFor();
    await leave(visitor);
  });

  it('shows projects instead of money, and keeps that in the address', async () => {
    const visitor = await map('/en');
    await visitor.page.getByRole('button', { name: 'Projects' }).click();
    await visitor.page.waitForURL('**/en?map=projects');
    await visitor.page.getByText('Projects under way by governorate').waitFor();
    await leave(visitor);
  });

  it('marks a unit among its like and shows what lies below it', async () => {
    const visitor = await map(`/en/units/${aleppo}`);
    const { page } = visitor;
    // Each of the two maps stands when its own figures are there.
    await page.locator('.map').nth(1).locator('.map-area').first().waitFor();
    await page.locator('.map').first().locator('.map-area').first().waitFor();
    await expect.poll(() => page.locator('.map').first().locator('.map-ring').count()).toBe(1);
    const districts = await page.locator('.map').nth(1).locator('.map-area').evaluateAll((areas) => areas.map((area) => area.getAttribute('href')));
    expect(districts).toContain(`/en/units/${afrin}`);
    await page.goto(`${site.server.address}/en/units/${afrin}`);
    await page.locator('.map-ring').waitFor();
    await leave(visitor);
  });

  it('tells the money of a unit in one currency, year by year, for each inhabitant, with what could not be converted', async () => {
    const { unit, funding } = await ask<{ unit: { populations: { year: number; population: number }[] }; funding: { rows: { year: number }[]; totals: { amount: string; withoutRate: number }[] } }>(`{
      unit: administrativeUnit(by: { id: "${aleppo}" }) { populations { year population } }
      funding(where: { within: "${aleppo}" }, within: "${aleppo}", by: [YEAR], measure: SPEND, currency: "EUR") { rows { year } totals { amount withoutRate } }
    }`);
    const [latest] = [...unit.populations].sort((one, other) => other.year - one.year);
    const visitor = await map(`/en/units/${aleppo}`);
    const { page } = visitor;
    await page.getByRole('button', { name: 'euros' }).click();
    await page.waitForURL('**?currency=EUR');
    const money = page.locator('.record-years-table');
    await money.getByText('Amount in EUR').waitFor();
    const [total] = funding.totals;
    const amount = Number(total?.amount);
    await expect.poll(() => money.locator('tfoot td').first().innerText()).toBe(Math.round(amount).toLocaleString('en-GB'));
    expect(await money.locator('tfoot td').nth(1).innerText()).toBe((amount / (latest?.population ?? 0)).toLocaleString('en-GB', { maximumFractionDigits: amount / (latest?.population ?? 0) < 10 ? 2 : 0 }));
    expect(await money.locator('tbody tr').count()).toBe(funding.rows.length);
    expect(await page.locator('.year-bars rect').count()).toBe(funding.rows.filter((row) => row.year !== null).length);
    await page.locator('.record-left', { hasText: total?.withoutRate ? 'no exchange rate' : 'Every amount was converted' }).waitFor();
    await leave(visitor);
  });

  it('counts the selection of a list, and follows its filters', async () => {
    const visitor = await map('/en/projects?view=map');
    const { page } = visitor;
    const label = async (): Promise<string | null> => page.locator(`.map-area[href$="/units/${aleppo}"]`).getAttribute('aria-label');
    const before = await label();
    await page.locator('.explore-choice', { hasText: 'Implementation' }).locator('input').check();
    await page.waitForURL('**status=IMPLEMENTATION*view=map');
    await expect.poll(label).not.toBe(before);
    await page.getByRole('button', { name: 'List', exact: true }).click();
    await page.locator('.explore-table').waitFor();
    await leave(visitor);
  });

  it('counts projects at the districts, neighbours together, and leads by the keyboard to those that a number counts', async () => {
    const visitor = await map('/en/projects?view=map');
    const { page } = visitor;
    await page.locator('.map-legend', { hasText: 'Projects by district' }).waitFor();
    await expect.poll(() => page.locator('a.map-mark[href*="%2C"]').count()).toBeGreaterThan(0);
    const alone = page.locator('a.map-mark[href*="district="]:not([href*="%2C"])').first();
    const [, name = '', count = ''] = /^(.*): Projects by district: (\d+)$/.exec((await alone.getAttribute('aria-label')) ?? '') ?? [];
    await alone.focus();
    await page.locator('.map-hint', { hasText: name }).waitFor();
    await page.locator('.map details summary').last().click();
    const row = page.locator('.map table', { hasText: 'Projects by district' }).locator('tbody tr').filter({ has: page.locator('th', { hasText: name }) });
    expect(await row.locator('td').first().innerText()).toBe(count);
    await alone.focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/en\/projects\?district=/);
    await page.getByText(`${count} records`).waitFor();
    // Of one governorate the same a level below, and a place with one project leads to it.
    await page.goto(`${site.server.address}/en/projects?view=map&governorate=${aleppo}&status=SUSPENDED,CANCELLED`);
    await page.locator('.map-legend', { hasText: 'Projects by subdistrict' }).waitFor();
    await page.locator('a.map-mark[href*="/projects/prj_"]').first().focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/en\/projects\/prj_/);
    await leave(visitor);
  });

  it('shows funding by governorate, the whole country beside it, and opens the projects behind each figure', async () => {
    const visitor = await map('/en/funding?view=map');
    const { page } = visitor;
    await page.locator('.map-legend', { hasText: 'Country' }).waitFor();
    await page.locator('.map details summary').last().click();
    const figure = page.locator('.map tbody tr', { has: page.locator(`a[href$="/units/${aleppo}"]`) }).locator('td a');
    await expect.poll(() => figure.getAttribute('href')).toContain(`/en/projects?governorate=${aleppo}&`);
    await figure.click();
    await page.waitForURL(`**/en/projects?governorate=${aleppo}*`);
    await page.locator('.explore-table tbody tr').first().waitFor();
    await leave(visitor);
  });

  it('draws places of a project that share a place as one mark, which says how many and opens their list', async () => {
    const visitor = await map('/en/projects?view=map');
    const { page } = visitor;
    await page.route('**/graphql', async (route) => {
      const response = await route.fetch();
      const text = await response.text();
      if (!route.request().postData()?.includes('RecordPlaces')) return route.fulfill({ response });
      const answer = JSON.parse(text) as { data: { project: { locations: { nodes: { id: string }[] } } } };
      const { locations } = answer.data.project;
      const [place] = locations.nodes;
      if (place) locations.nodes = [place, { ...place, id: 'second' }, { ...place, id: 'third' }];
      return route.fulfill({ response, json: answer });
    });
    await page.goto(`${site.server.address}/en/projects/${project}`);
    const mark = page.locator('#map .map-mark');
    await mark.waitFor();
    expect(await mark.getAttribute('aria-label')).toContain('3 places');
    await mark.focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('.map-sought').count()).toBe(3);
    await expect.poll(() => page.evaluate(() => document.activeElement?.closest('tr')?.className)).toBe('map-sought');
    await leave(visitor);
  });

  it('shows the places of a project with how exact they are', async () => {
    const visitor = await map(`/en/projects/${project}`);
    await expect.poll(() => visitor.page.locator('.map-dot').count()).toBeGreaterThan(0);
    await visitor.page.locator('.map summary').click();
    await expect.poll(() => visitor.page.locator('.map tbody td').first().textContent()).toMatch(/place|position|exact/);
    await leave(visitor);
  });

  it.each(pages)('puts no barrier in anybody\'s way at /$path in $language, $width wide', withoutBarriers);
});

describe('with boundaries', () => {
  const folder = mkdtempSync(join(tmpdir(), 'taawun-boundaries-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const load = (file: string): string => execFileSync(BINARY, ['import', 'boundaries', '--data', site.server.data, file], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

  it('draws what was imported, and no longer calls it schematic', async () => {
    // A small square around the centre of each governorate.
    const features = governorates.map(({ pcode, latitude: y, longitude: x }) => ({
      type: 'Feature',
      properties: { pcode },
      geometry: { type: 'Polygon', coordinates: [[[x - 0.1, y - 0.1], [x + 0.1, y - 0.1], [x + 0.1, y + 0.1], [x - 0.1, y + 0.1], [x - 0.1, y - 0.1]]] },
    }));
    const file = join(folder, 'squares.geojson');
    writeFileSync(file, JSON.stringify({ type: 'FeatureCollection', features }));
    load(file);
    const visitor = await map('/ar');
    await expect.poll(() => visitor.page.locator('.map-area').count()).toBe(governorates.length);
    expect((await visitor.page.locator('.map-area .map-fill').first().getAttribute('d'))?.split('L').length).toBe(5);
    expect(await visitor.page.getByText('خريطة تخطيطية').count()).toBe(0);
    // Districts have no boundaries yet: theirs is a mosaic on the boundary of the governorate.
    await visitor.page.goto(`${site.server.address}/ar/units/${aleppo}`);
    await visitor.page.locator('.map').nth(1).getByText('خريطة تخطيطية').waitFor();
    await leave(visitor);
  });

  const real = fileURLToPath(new URL('../../../shared/data/units/syr_admin1.geojson', import.meta.url));
  it.skipIf(!existsSync(real))('draws real boundaries, which take little to send', async () => {
    load(real);
    const { governorates: { nodes } } = await ask<{ governorates: { nodes: { outline: object }[] } }>('{ governorates: administrativeUnits(where: { level: { eq: 1 } }, first: 40) { nodes { outline } } }');
    expect(JSON.stringify(nodes).length).toBeLessThan(150_000);
    const visitor = await map('/en');
    await expect.poll(() => visitor.page.locator('.map-area').count()).toBe(governorates.length);
    await leave(visitor);
  });

  it.each(pages)('puts no barrier in anybody\'s way at /$path in $language, $width wide', withoutBarriers);
});
