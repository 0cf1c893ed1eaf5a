import type { ProjectFilter } from '../explore/projectFilter';
import { type FundingDimension, FundingMeasure } from '../gql/graphql';

/** Dimensions that may stand in the rows of the table. */
export const rowDimensions: readonly FundingDimension[] = ['SECTOR', 'CATEGORY', 'GOVERNORATE', 'DISTRICT', 'FUNDER', 'IMPLEMENTER', 'AGREEMENT', 'SDG', 'MARKER', 'FINANCE_TYPE', 'STATUS', 'YEAR'];
/** Dimensions with few enough values for the columns. */
export const columnDimensions: readonly FundingDimension[] = ['YEAR', 'GOVERNORATE', 'STATUS', 'FINANCE_TYPE'];
/** What may be added up. */
export const measures = Object.values(FundingMeasure);
/** Reporting currencies on offer. */
export const currencies = ['USD', 'EUR'] as const;
/** Ways of showing the same figures, in the order offered; each has its name in the texts and its picture in FundingPage. */
export const views = ['table', 'bars', 'lines', 'flow', 'map'] as const;
/** By what the projects may be narrowed. */
export const filters = ['funder', 'sector', 'governorate', 'agreement'] as const;

/** What the page shows, all of it in the address. */
export interface View {
  show: (typeof views)[number];
  measure: FundingMeasure;
  rows: FundingDimension;
  columns: FundingDimension;
  currency: (typeof currencies)[number];
  /** First and last year counted. */
  from: number;
  to: number;
  /** The projects whose money counts; all without. */
  only: ProjectFilter;
}

/** What may stand in the columns beside these rows: another dimension, or the table would be one diagonal; the years, where lines run along them. */
export function columnsFor(show: View['show'], rows: FundingDimension): readonly FundingDimension[] {
  return columnDimensions.filter((dimension) => (show === 'lines' && rows !== 'YEAR' ? dimension === 'YEAR' : dimension !== rows));
}

/** Reads a view from an address; what is not known stays as usual: spend of the last five years by sector and year, in US dollars. */
export function readView(params: URLSearchParams, thisYear: number): View {
  const one = <T extends string>(name: string, known: readonly T[], usual: T): T => known.find((value) => value === params.get(name)) ?? usual;
  const year = (name: string, usual: number): number => (/^\d{4}$/.test(params.get(name) ?? '') ? Number(params.get(name)) : usual);
  const rows = one('rows', rowDimensions, 'SECTOR');
  const show = one('view', views, 'table');
  const others = columnsFor(show, rows);
  const to = year('to', thisYear);
  return {
    show,
    measure: one('measure', measures, 'SPEND'),
    rows,
    columns: one('columns', others, others[0] ?? 'YEAR'),
    currency: one('currency', currencies, 'USD'),
    from: Math.min(year('from', to - 4), to),
    to,
    only: Object.fromEntries(filters.flatMap((name) => (params.get(name) ? [[name, [params.get(name) ?? '']]] : []))),
  };
}
