import { type FundingDimension, FundingMeasure } from '../gql/graphql';

/** Dimensions that may stand in the rows of the table. */
export const rowDimensions: readonly FundingDimension[] = ['SECTOR', 'CATEGORY', 'GOVERNORATE', 'DISTRICT', 'FUNDER', 'IMPLEMENTER', 'AGREEMENT', 'SDG', 'MARKER', 'FINANCE_TYPE', 'STATUS', 'YEAR'];
/** Dimensions with few enough values for the columns. */
export const columnDimensions: readonly FundingDimension[] = ['YEAR', 'GOVERNORATE', 'STATUS', 'FINANCE_TYPE'];
/** What may be added up. */
export const measures = Object.values(FundingMeasure);
/** Reporting currencies on offer. */
export const currencies = ['USD', 'EUR'] as const;

/** What the page shows, all of it in the address. */
export interface View {
  measure: FundingMeasure;
  rows: FundingDimension;
  columns: FundingDimension;
  currency: (typeof currencies)[number];
  /** First and last year counted. */
  from: number;
  to: number;
}

/** Reads a view from an address; what is not known stays as usual: spend of the last five years by sector and year, in US dollars. */
export function readView(params: URLSearchParams, thisYear: number): View {
  const one = <T extends string>(name: string, known: readonly T[], usual: T): T => known.find((value) => value === params.get(name)) ?? usual;
  const year = (name: string, usual: number): number => (/^\d{4}$/.test(params.get(name) ?? '') ? Number(params.get(name)) : usual);
  const rows = one('rows', rowDimensions, 'SECTOR');
  // The same dimension twice would be a table of one diagonal.
  const others = columnDimensions.filter((dimension) => dimension !== rows);
  const to = year('to', thisYear);
  return {
    measure: one('measure', measures, 'SPEND'),
    rows,
    columns: one('columns', others, others[0] ?? 'YEAR'),
    currency: one('currency', currencies, 'USD'),
    from: Math.min(year('from', to - 4), to),
    to,
  };
}
