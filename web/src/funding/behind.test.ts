import { describe, expect, it } from 'vitest';
import { behind } from './behind';
import { readView } from './view';

const view = (query = '') => readView(new URLSearchParams(query), 2026);
const at = (value: string | null) => ({ key: value ?? '', text: value, to: null, value });

describe('the list behind a figure', () => {
  it('is of the projects with such money in that cell', () =>
    expect(behind(view(), [{ dimension: 'SECTOR', heading: at('cod_1') }, { dimension: 'YEAR', heading: at('2024') }])).toBe('/projects?sector=cod_1&year=2024&money=SPEND'));

  it('keeps the filters and the years of the page', () =>
    expect(behind(view('funder=org_1&from=2025'), [{ dimension: 'GOVERNORATE', heading: at('unt_1') }])).toBe('/projects?funder=org_1&governorate=unt_1&year=2025%2C2026&money=SPEND'));

  it.each([
    ['what is not stated', view(), 'SECTOR', at(null)],
    ['a dimension that the list does not know', view(), 'MARKER', at('cod_9')],
    ['another value than the one filtered by', view('sector=cod_2'), 'SECTOR', at('cod_1')],
  ] as const)('is not offered for %s', (_, shown, dimension, heading) => expect(behind(shown, [{ dimension, heading }])).toBeNull());
});
