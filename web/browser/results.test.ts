import { describe, expect, it } from 'vitest';
import { leave, signedIn } from './desk';
import { person } from './people';
import { served } from './served';
import { barriers } from './visitor';

const site = served({ editor: 'EDITOR' });

describe('the form of a project', () => {
  it('takes results with indicators, and of each period what was aimed at and reached, as a whole and by group', async () => {
    const visitor = await signedIn(site, 'editor', '/en/desk/edit/project/new');
    const { page } = visitor;
    await page.getByLabel('Title, in English').first().fill('Project with results');
    await page.locator('[data-field=status] select').first().selectOption('IMPLEMENTATION');
    const sections = page.getByRole('navigation', { name: 'Parts of the form' });
    await sections.getByRole('link', { name: /^Results/ }).click();
    await expect.poll(() => sections.getByRole('link', { name: /^Results/ }).getAttribute('aria-current')).toBe('true');
    const results = page.getByRole('region', { name: 'Results' });
    await results.getByRole('button', { name: 'Add a result' }).click();
    // One goes on writing in what was added.
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Title, in Arabic');
    await results.getByLabel('Title, in English').fill('Water for the villages');
    await results.getByLabel('Type').first().selectOption('OUTPUT');
    const indicators = results.getByRole('group', { name: 'Indicators' });
    await indicators.getByRole('button', { name: 'Add an indicator' }).click();
    await indicators.getByLabel('Title, in English').first().fill('People with water');
    await indicators.getByLabel('Measured in').selectOption('UNIT');
    const periods = indicators.getByRole('group', { name: 'Periods', exact: true });
    const line = (number: number) => periods.getByRole('group', { name: `Periods, line ${number}` });
    for (const [number, year] of [[1, 2026], [2, 2027]] as const) {
      await periods.getByRole('button', { name: 'Add a period' }).click();
      await line(number).getByLabel('From').fill(`${year}-01-01`);
      if (number === 1) await line(number).getByLabel('To').fill(`${year}-12-31`);
      await line(number).getByLabel('Target').fill('١٬٥٠٠');
    }
    await line(1).getByLabel('Actual').fill('1200.5');
    await line(2).getByLabel('Actual').fill('not yet counted');
    await page.keyboard.press('Control+s');
    // What is missing is said in its line, and at the side of the form.
    await line(2).locator('[data-field=periodEnd]').getByText('This is needed.').waitFor();
    await sections.getByRole('link', { name: /^Results/ }).getByLabel('Something here is to be mended').waitFor();
    await line(2).getByLabel('To').fill('2027-12-31');
    await line(1).getByRole('button', { name: 'Breakdown and comments' }).click();
    const actuals = line(1).getByRole('group', { name: 'Actual' });
    await actuals.getByRole('button', { name: 'Add an actual value' }).click();
    const women = actuals.locator('details').last();
    await women.getByLabel('Value', { exact: true }).fill('700');
    await women.getByRole('button', { name: 'Add a group' }).click();
    await women.getByLabel('by', { exact: true }).fill('sex');
    await women.getByLabel('which', { exact: true }).fill('female');
    await page.keyboard.press('Control+s');
    await page.waitForURL(/\/en\/desk\/edit\/project\/prj_/);
    await page.getByText('No changes.').waitFor();

    const id = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    const editor = await person(site.server, 'editor');
    const measured = async (): Promise<unknown> => {
      const read = await editor.ask('query($id: ID!) { project(by: { id: $id }) { results { nodes { indicators { periods { targets { value } actuals { value valueText dimensions } } } } } } }', { id });
      return (read['project'] as { results: { nodes: { indicators: { periods: unknown }[] }[] } }).results.nodes[0]?.indicators[0]?.periods;
    };
    const whole = { valueText: null, dimensions: null };
    const group = { value: '700', valueText: null, dimensions: { sex: 'female' } };
    expect(await measured()).toEqual([
      { targets: [{ value: '1500' }], actuals: [{ value: '1200.5', ...whole }, group] },
      { targets: [{ value: '1500' }], actuals: [{ value: null, valueText: 'not yet counted', dimensions: null }] },
    ]);

    // What was measured as a whole is emptied and written anew; what is of a group stays.
    await page.reload();
    await results.locator('summary').first().click();
    await indicators.locator('summary').first().click();
    await line(1).getByLabel('Actual').fill('');
    await line(2).getByLabel('Actual').fill('1300');
    await page.keyboard.press('Control+s');
    await page.getByText(/^Saved at/).waitFor();
    expect(await measured()).toEqual([
      { targets: [{ value: '1500' }], actuals: [group] },
      { targets: [{ value: '1500' }], actuals: [{ value: '1300', ...whole }] },
    ]);
    await leave(visitor);
  });

  it('takes goals, markers, documents and places; a code list is looked through before a letter is written', async () => {
    const visitor = await signedIn(site, 'editor', '/en/desk/edit/project/new');
    const { page } = visitor;
    await page.getByLabel('Title, in English').first().fill('Project with all its facts');
    await page.locator('[data-field=status] select').first().selectOption('PIPELINE');
    await page.getByRole('combobox', { name: 'Type of flow' }).focus();
    await page.keyboard.press('ArrowDown');
    await page.getByRole('option', { name: 'ODA', exact: false, selected: true }).waitFor();
    await page.keyboard.press('Enter');
    const goals = page.getByRole('region', { name: 'Sustainable Development Goals' });
    await goals.getByRole('button', { name: 'Add a goal' }).click();
    await goals.getByRole('combobox').fill('sanitation');
    await goals.getByRole('option', { name: /^Goal 6/ }).first().click();
    const markers = page.getByRole('region', { name: 'Policy markers' });
    await markers.getByRole('button', { name: 'Add a marker' }).click();
    for (const name of ['Policy marker', 'Significance']) {
      await markers.getByRole('combobox', { name }).click();
      await markers.getByRole('option').nth(1).click();
    }
    const places = page.getByRole('region', { name: 'Locations' });
    await places.getByRole('button', { name: 'Add a location' }).click();
    await places.getByLabel('Latitude').fill('36.2');
    await places.getByLabel('Longitude').fill('٣٧٫١٥');
    const documents = page.locator('#edit-documents').getByRole('region', { name: 'Documents' });
    await documents.getByRole('button', { name: 'Add a document' }).click();
    await documents.getByLabel('Address').fill('https://documents.example.org/plan.pdf');
    await documents.getByLabel('Title, in Arabic').fill('خطة العمل');
    await documents.getByRole('group', { name: 'Languages' }).getByLabel('Arabic').check();
    await documents.getByRole('combobox', { name: 'Add a category' }).click();
    await documents.getByRole('option').first().click();
    await page.keyboard.press('Control+s');
    await page.waitForURL(/\/en\/desk\/edit\/project\/prj_/);

    const id = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    const editor = await person(site.server, 'editor');
    const read = await editor.ask(
      'query($id: ID!) { project(by: { id: $id }) { flowType { code } tags { tag { list code } } policyMarkers { marker { code } significance { code } } locations { nodes { latitude longitude } } documents { nodes { languages categories { code } title(locale: "ar", fallback: []) { text } } } } }',
      { id },
    );
    expect(read['project']).toEqual({
      flowType: { code: '10' },
      tags: [{ tag: { list: 'UNSDG-Goals', code: '6' } }],
      policyMarkers: [{ marker: { code: expect.any(String) }, significance: { code: expect.any(String) } }],
      locations: { nodes: [{ latitude: 36.2, longitude: 37.15 }] },
      documents: { nodes: [{ languages: ['ar'], categories: [{ code: expect.any(String) }], title: { text: 'خطة العمل' } }] },
    });
    await leave(visitor);
  });
});

describe.each([
  { language: 'ar', width: 1440, theme: 'light' },
  { language: 'en', width: 390, theme: 'dark' },
] as const)('in $language, $width wide', ({ language, width, theme }) => {
  it('axe finds nothing on a project with an indicator open, and nothing sticks out', async () => {
    const editor = await person(site.server, 'editor');
    const found = await editor.ask('{ results: projects(where: { results: { some: {} } }, first: 1, orderBy: [{ field: CODE }]) { nodes { id } } }', {});
    const [project] = (found['results'] as { nodes: { id: string }[] }).nodes;
    const visitor = await signedIn(site, 'editor', `/${language}/desk/edit/project/${project?.id}`, { width, theme });
    const { page } = visitor;
    await page.locator('[data-field=results] summary').first().click();
    await page.locator('[data-field=indicators] summary').first().click();
    await page.locator('.edit-line-acts [aria-expanded]').first().click();
    for (const add of await page.locator('.edit-parts > header button').all()) await add.click();
    expect(await barriers(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0);
    await leave(visitor);
  });
});
