import { describe, expect, it } from 'vitest';
import { readView } from './view';

const read = (query: string) => readView(new URLSearchParams(query), 2026);

describe('the view of funding', () => {
  it('is spend of five years by sector and year unless the address says otherwise', () => {
    expect(read('')).toEqual({ show: 'table', measure: 'SPEND', rows: 'SECTOR', columns: 'YEAR', currency: 'USD', from: 2022, to: 2026, only: {} });
  });

  it('is what the address says', () => {
    expect(read('measure=COMMITMENT&rows=FUNDER&columns=GOVERNORATE&currency=EUR&from=2019&to=2021&view=flow&governorate=unt_2')).toEqual({
      show: 'flow',
      measure: 'COMMITMENT',
      rows: 'FUNDER',
      columns: 'GOVERNORATE',
      currency: 'EUR',
      from: 2019,
      to: 2021,
      only: { governorate: ['unt_2'] },
    });
  });

  it('never has one dimension twice', () => expect(read('rows=YEAR&columns=YEAR')).toMatchObject({ rows: 'YEAR', columns: 'GOVERNORATE' }));

  it('has the years in lines', () => expect(read('view=lines&rows=FUNDER&columns=STATUS')).toMatchObject({ rows: 'FUNDER', columns: 'YEAR' }));

  it.each(['measure=NONSENSE', 'view=pie', 'rows=colour', 'currency=dollars', 'from=last'])('leaves out what it does not know: %s', (query) => expect(read(query)).toEqual(read('')));

  it('never ends before it begins', () => expect(read('from=2025&to=2020')).toMatchObject({ from: 2020, to: 2020 }));
});
