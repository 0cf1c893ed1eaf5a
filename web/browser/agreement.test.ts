import { beforeAll, describe, expect, it } from 'vitest';
import { leave, signedIn } from './desk';
import { type Person, person } from './people';
import { served } from './served';
import { type Visit, type Visitor, barriers, open } from './visitor';

const site = served({ editor: 'EDITOR', approver: 'APPROVER' });

/** An agreement of the demonstration data with projects, money, places, indicators and duties. */
let rich = '';
/** A convention that two more parties must consent to before it enters into force. */
let waiting = '';

const done = (answer: Record<string, unknown>, name: string): Record<string, unknown> => {
  const payload = answer[name] as { userErrors: unknown[] };
  expect(payload.userErrors).toEqual([]);
  return payload;
};

/** Enters an agreement and has it published. */
async function published(editor: Person, approver: Person, agreement: object): Promise<string> {
  const made = done(await editor.ask('mutation($input: CreateAgreementInput!) { createAgreement(input: $input) { agreement { id } userErrors { path message } } }', { input: { agreement } }), 'createAgreement');
  const { id } = made['agreement'] as { id: string };
  for (const [who, step] of [[editor, 'submitRecord'], [approver, 'publishRecord']] as const) {
    const { agreement: now } = (await who.ask('query($id: ID!) { agreement(by: { id: $id }) { version } }', { id })) as { agreement: { version: number } };
    done(await who.ask(`mutation($input: RecordInput!) { ${step}(input: $input) { userErrors { message } } }`, { input: { id, version: now.version } }), step);
  }
  return `/agreements/${id}`;
}

beforeAll(async () => {
  const [editor, approver] = [await person(site.server, 'editor'), await person(site.server, 'approver')];
  const found = (await editor.ask('{ agreement(by: { code: "DEMO-AGR-00001" }) { id } organizations(first: 3) { nodes { id } } }', {})) as { agreement: { id: string }; organizations: { nodes: { id: string }[] } };
  rich = `/agreements/${found.agreement.id}`;
  const [first, second, third] = found.organizations.nodes.map(({ id }) => id);
  waiting = await published(editor, approver, {
    kind: 'CONVENTION',
    isBinding: true,
    originalLocale: 'en',
    renewal: 'NONE',
    entryConsents: 3,
    entryDays: 30,
    title: [{ locale: 'en', text: 'Convention on shared rivers' }, { locale: 'ar', text: 'اتفاقية الأنهار المشتركة' }],
    events: { save: [{ kind: 'SIGNED', occurredOn: '2026-01-10', reference: 'N 114' }] },
    parties: {
      save: [
        { organizationId: first, role: 'PARTY', position: 1, signedOn: '2026-01-10', consentMethod: 'RATIFICATION', consentOn: '2026-05-02' },
        { organizationId: second, role: 'PARTY', position: 2, signedOn: '2026-01-10' },
        { organizationId: third, role: 'PARTY', position: 3 },
      ],
    },
  });
});

async function visiting(path: string, wish: Partial<Visit>, walk: (visitor: Visitor) => Promise<void>): Promise<void> {
  const visitor = await open(site.browser, { address: site.server.address, path, ...wish });
  try {
    await visitor.page.locator('.agreement-strip').waitFor();
    await walk(visitor);
    expect(visitor.complaints).toEqual([]);
  } finally {
    await visitor.leave();
  }
}

describe('the page of an agreement', () => {
  it('opens behind each figure of what was delivered a list of as many', async () => {
    await visiting(`/en${rich}`, {}, async ({ page }) => {
      const figure = (name: string) => page.locator('.agreement-strip > div', { hasText: name });
      const lists: [string, number, string][] = [
        ['Places reached', 0, 'Places that its projects name'],
        ['Places reached', 1, 'Governorates reached'],
        ['Places reached', 2, 'Districts reached'],
        ['Indicators achieved', 1, 'Indicators of its projects'],
        ['Indicators achieved', 2, 'Indicators whose target was not reached'],
        ['Indicators achieved', 3, 'Indicators of which it is not known'],
        ['Obligations kept', 0, 'Obligations done'],
        ['Obligations kept', 1, 'Dates of its obligations'],
        ['Obligations kept', 2, 'Obligations overdue'],
      ];
      for (const [name, place, head] of lists) {
        const link = figure(name).getByRole('link').nth(place);
        const promised = Number((await link.innerText()).replace('One', '1').replace(/\D/g, ''));
        await link.click();
        const list = page.getByRole('region', { name: head, exact: true });
        await list.locator('tbody tr').first().waitFor();
        await expect.poll(() => list.locator('tbody tr').count(), { message: head }).toBe(promised);
        // Whoever came by keyboard goes on there.
        expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(head);
      }
      await page.reload();
      await page.getByRole('region', { name: 'Obligations overdue' }).locator('tbody tr').first().waitFor();
      await page.getByRole('link', { name: 'Close the list' }).click();
      await page.getByRole('region', { name: 'Obligations overdue' }).waitFor({ state: 'detached' });

      const projects = figure('Projects').getByRole('link').first();
      const promised = await projects.innerText();
      await projects.click();
      await page.waitForURL('**/en/projects?agreement=*');
      await page.getByText(`${promised} records`, { exact: true }).waitFor();
    });
  });

  it('says money as funding does, to the cent, and in another currency on request', async () => {
    await visiting(`/en${rich}`, {}, async ({ page }) => {
      const asked = async (currency: string): Promise<string> => {
        const query = 'query($id: ID!, $c: String!) { funding(where: { agreements: { some: { id: { eq: $id } } } }, by: [YEAR], measure: DISBURSEMENT, currency: $c) { totals { amount } } }';
        const response = await fetch(`${site.server.address}/graphql`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ query, variables: { id: rich.split('/').pop(), c: currency } }) });
        const { data } = (await response.json()) as { data: { funding: { totals: { amount: string }[] } } };
        return new Intl.NumberFormat('en-GB', { maximumFractionDigits: 2, minimumFractionDigits: 0 }).format(Number(data.funding.totals[0]?.amount));
      };
      const figure = page.locator('.agreement-strip-money .agreement-figure');
      await expect.poll(() => figure.getAttribute('title')).toBe(`${await asked('USD')} US dollars`);
      await page.getByRole('button', { name: 'euros' }).click();
      await page.waitForURL('**currency=EUR');
      const euros = await asked('EUR');
      await expect.poll(() => figure.getAttribute('title')).toBe(`${euros} euros`);
      await page.getByText('How it was counted').click();
      await page.getByRole('heading', { name: 'Disbursements', exact: true }).waitFor();
    });
  });

  it('draws the years from the reading edge, with the same figures as a table that leads on', async () => {
    for (const [language, rightToLeft] of [['en', false], ['ar', true]] as const) {
      await visiting(`/${language}${rich}`, {}, async ({ page }) => {
        await page.locator('.year-bars rect').first().waitFor();
        const years = await page.locator('.year-bars text[text-anchor=middle]:not(.year-number)').evaluateAll((texts) => texts.map((text) => ({ year: Number(text.textContent), x: text.getBoundingClientRect().x })));
        const [first, last] = [years[0], years.at(-1)];
        expect(first && last && first.year < last.year && first.x > last.x).toBe(rightToLeft);
        await page.locator('.agreement-as-table summary').click();
        const row = page.locator('.agreement-years tbody tr', { has: page.locator('a[href*="year="]') }).first();
        await row.locator('a').first().click();
        await page.waitForURL('**/projects?agreement=*&year=*&money=COMMITMENT');
        await page.locator('tbody th a').first().waitFor();
      });
    }
  });

  it('says who has consented, who has not, and what is missing for the entry into force', async () => {
    await visiting(`/en${waiting}`, {}, async ({ page }) => {
      await page.getByText('Not in force: 2 consents are still missing.').waitFor();
      await page.getByText('It enters into force with 3 consents, 30 days after the last of them.').waitFor();
      const rows = page.locator('.agreement-stack tbody tr');
      await expect.poll(() => rows.count()).toBe(3);
      expect(await rows.nth(0).innerText()).toContain('2 May 2026');
      expect(await rows.nth(1).innerText()).toContain('Signed');
      const names = await rows.locator('th a').allInnerTexts();
      const missing = (await page.locator('.agreement-entry', { hasText: 'Without consent so far' }).innerText()).split(': ')[1];
      expect(missing).toBe(`${names[1]}, ${names[2]}.`);
      // Its life: signed, today, nothing promised.
      expect(await page.locator('.agreement-line strong').allInnerTexts()).toEqual(['Signed', 'Today']);
    });
  });

  it('stays the same page as of a day that is past, for those who may read it', async () => {
    const editor = await signedIn(site, 'editor', '/en/desk');
    const day = new Date().toISOString().slice(0, 10);
    await editor.page.goto(`${site.server.address}/en${rich}?asOf=${day}`);
    await editor.page.locator('.agreement-strip > div', { hasText: 'Obligations kept' }).getByRole('link').first().click();
    await editor.page.waitForURL(`**?asOf=${day}&behind=obligations.done`);
    await editor.page.getByRole('region', { name: 'Obligations done', exact: true }).locator('tbody tr').first().waitFor();
    await leave(editor);
  });

  it('keeps on paper what is folded away on the screen', async () => {
    await visiting(`/ar${rich}`, {}, async ({ page }) => {
      await page.emulateMedia({ media: 'print' });
      await page.locator('.agreement-as-table tbody td').first().waitFor({ state: 'visible' });
      await page.locator('.agreement-delivered > .record-counted h3').first().waitFor({ state: 'visible' });
      await page.locator('.agreement-delivered-head .look-switch').waitFor({ state: 'hidden' });
    });
  });
});

describe.each([
  { language: 'ar', width: 1440, theme: 'light' },
  { language: 'en', width: 390, theme: 'dark' },
] as const)('in $language, $width wide', ({ language, width, theme }) => {
  it.each(['rich', 'units', 'indicators', 'obligations', 'waiting'])('axe finds nothing on the page of an agreement (%s), and nothing sticks out', async (what) => {
    const path = what === 'waiting' ? waiting : what === 'rich' ? rich : `${rich}?behind=${what}`;
    await visiting(`/${language}${path}`, { width, theme }, async ({ page }) => {
      for (const fold of await page.locator('.agreement-delivered summary').all()) await fold.click();
      expect(await barriers(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0);
    });
  });
});
