import type { FundingDimension, FundingTableQuery } from '../gql/graphql';
import type { LocalizedTextFields } from '../look/Texted';

type FundingAnswer = FundingTableQuery['funding'];
type Keys = Omit<FundingAnswer['cells'][number], 'amount'>;

/** A value of a dimension: what names it, and its page if it has one. */
export interface Heading {
  key: string;
  text: LocalizedTextFields | string | null;
  to: string | null;
  /** The value as the list of projects is asked for it; null if unknown. */
  value: string | null;
}

/** A row or a column with its total; null where there are amounts but no rate for any. */
export interface Line {
  heading: Heading;
  total: number | null;
}

/** A cross-table: lines by their totals, and a cell for each pair that occurs. */
export interface CrossTable {
  rows: Line[];
  columns: Line[];
  cell(row: Line, column: Line): number | null | undefined;
  largest: number;
}

/** The value that a row has in a dimension. */
export function headingOf(keys: Keys, dimension: FundingDimension): Heading {
  const coded = (item: { id: string; code: string; name?: LocalizedTextFields | null } | null | undefined): Heading => ({ key: item?.code ?? '', text: item ? (item.name ?? item.code) : null, to: null, value: item?.id ?? null });
  const linked = (place: string, record: { id: string; name?: LocalizedTextFields | null } | null | undefined): Heading => ({ key: record?.id ?? '', text: record?.name ?? null, to: record ? place + record.id : null, value: record?.id ?? null });
  const plain = (value: string | number | null | undefined): Heading => ({ key: String(value ?? ''), text: value === null || value === undefined ? null : String(value), to: null, value: value === null || value === undefined ? null : String(value) });
  switch (dimension) {
    case 'YEAR':
      return plain(keys.year);
    case 'QUARTER':
      return plain(keys.quarter);
    case 'STATUS':
      return plain(keys.status);
    case 'SECTOR':
      return coded(keys.sector);
    case 'CATEGORY':
      return coded(keys.category);
    case 'SDG':
      return coded(keys.sdg);
    case 'MARKER':
      return coded(keys.marker);
    case 'FINANCE_TYPE':
      return coded(keys.financeType);
    case 'GOVERNORATE':
      return linked('/units/', keys.governorate);
    case 'DISTRICT':
      return linked('/units/', keys.district);
    case 'FUNDER':
      return linked('/organizations/', keys.funder);
    case 'IMPLEMENTER':
      return linked('/organizations/', keys.implementer);
    case 'AGREEMENT':
      return linked('/agreements/', keys.agreement);
  }
}

const amountOf = (amount: string | null | undefined): number | null => (amount === null || amount === undefined ? null : Number(amount));

/** Lays the answer out; totals are the server's, which equal the sums of their cells to the cent. */
export function layOut(answer: FundingAnswer, rows: FundingDimension, columns: FundingDimension): CrossTable {
  const lines = (totals: FundingAnswer['rowTotals'], dimension: FundingDimension): Line[] => totals.map((total) => ({ heading: headingOf(total, dimension), total: amountOf(total.amount) }));
  const cells = new Map(answer.cells.map((row) => [`${headingOf(row, rows).key} ${headingOf(row, columns).key}`, amountOf(row.amount)]));
  const bySize = (a: Line, b: Line): number => (b.total ?? 0) - (a.total ?? 0);
  const byYear = (a: Line, b: Line): number => a.heading.key.localeCompare(b.heading.key);
  return {
    rows: lines(answer.rowTotals, rows).sort(rows === 'YEAR' ? byYear : bySize),
    columns: lines(answer.columnTotals, columns).sort(columns === 'YEAR' ? byYear : bySize),
    cell: (row, column) => cells.get(`${row.heading.key} ${column.heading.key}`),
    largest: Math.max(0, ...[...cells.values()].map((amount) => Math.abs(amount ?? 0))),
  };
}
