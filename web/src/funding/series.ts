import type { CrossTable, Line } from './table';

/** A named run of amounts along the groups; `line` is null for the rest taken together. */
export interface Series {
  line: Line | null;
  /** What was taken together. */
  rest: Line[];
  amounts: (number | null)[];
}

/** So many lines or colours can be told apart; the rest is one. */
const ALONE = 7;

/** The table as a few series over its groups: the largest lines by themselves, in their order, and the others together. */
export function seriesOf(lines: readonly Line[], groups: readonly Line[], amount: (line: Line, group: Line) => number | null | undefined): Series[] {
  const sorted = [...lines].sort((a, b) => Math.abs(b.total ?? 0) - Math.abs(a.total ?? 0));
  const large = new Set(sorted.length <= ALONE + 1 ? sorted : sorted.slice(0, ALONE));
  const alone = lines.filter((line) => large.has(line));
  const rest = lines.filter((line) => !large.has(line));
  const series: Series[] = alone.map((line) => ({ line, rest: [], amounts: groups.map((group) => amount(line, group) ?? null) }));
  if (rest.length > 0) {
    const together = (group: Line): number | null => {
      const known = rest.map((line) => amount(line, group)).filter((each) => each !== null && each !== undefined);
      return known.length === 0 ? null : known.reduce((sum, each) => sum + each, 0);
    };
    series.push({ line: null, rest, amounts: groups.map(together) });
  }
  return series;
}

/** Lines and groups of a chart over time: the years along, the other dimension as series; the rest would dwarf each of them and is left out. */
export function alongYears(table: CrossTable, rowsAreYears: boolean): { groups: Line[]; series: Series[]; left: number } {
  const [lines, groups] = rowsAreYears ? [table.columns, table.rows] : [table.rows, table.columns];
  const series = seriesOf(lines, groups, (line, group) => (rowsAreYears ? table.cell(group, line) : table.cell(line, group))).filter((each) => each.line !== null);
  return { groups, series, left: lines.length - series.length };
}
