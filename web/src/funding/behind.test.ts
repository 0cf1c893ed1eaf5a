import { describe, expect, it } from 'vitest';
import { behind } from './behind';
import { readView } from './view';

const view = (query = '') => readView(new URLSearchParams(query), 2026);
const at = (value: string | null) => ({ key: value ?? '', text: value, to: null, value });

describe('the list behind a figure', () => {
  it('is of the projects with such money in that cell', () =>
    expect(behind(view(), [{ dimension: 'SECTOR', headings: [at('cod_1')] }, { dimension: 'YEAR', headings: [at('2024')] }])).toBe('/projects?sector=cod_1&year=2024&money=SPEND'));

  it('keeps the filters and the years of the page', () =>
    expect(behind(view('funder=org_1&from=2025'), [{ dimension: 'GOVERNORATE', headings: [at('unt_1')] }])).toBe('/projects?funder=org_1&governorate=unt_1&year=2025%2C2026&money=SPEND'));

  it.each([
    ['what is not stated', 'SECTOR', [at(null)], 'sector=none'],
    ['several values together', 'FUNDER', [at('org_1'), at('org_2'), at(null)], 'funder=org_1%2Corg_2%2Cnone'],
    ['a goal', 'SDG', [at('cod_9')], 'goal=cod_9'],
  ] as const)('is offered for %s', (_, dimension, headings, asked) => expect(behind(view('from=2026'), [{ dimension, headings }])).toBe(`/projects?${asked}&year=2026&money=SPEND`));

  it.each([
    ['a dimension that the list does not know', view(), 'QUARTER', at('1')],
    ['another value than the one filtered by', view('sector=cod_2'), 'SECTOR', at('cod_1')],
  ] as const)('is not offered for %s', (_, shown, dimension, heading) => expect(behind(shown, [{ dimension, headings: [heading] }])).toBeNull());
});
