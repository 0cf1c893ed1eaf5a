/** A cell: what is not known stays null and becomes an empty cell. */
export type Cell = string | number | boolean | null;

/** Spreadsheets take a file for their own old code page, and Arabic for rubbish, unless it starts with this mark. */
const BYTE_ORDER_MARK = '\uFEFF';
/** What a spreadsheet would run: =, +, -, @ (also as full-width letters), even after blanks, and leading control characters. */
const FORMULA = /^(?:[\s\uFEFF]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|[\t\r\n])/u;
const NUMBER = /^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const NEEDS_QUOTES = /[",;\t\r\n]|^\s|\s$/;

/** A CSV file (RFC 4180, UTF-8 with a byte order mark) that spreadsheets open with its Arabic whole and run nothing of. */
export function toCsv(columns: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const lines = [columns, ...rows].map((cells) => cells.map(field).join(','));
  return BYTE_ORDER_MARK + lines.join('\r\n') + '\r\n';
}

function field(cell: Cell): string {
  const text = cell === null ? '' : String(cell);
  const safe = FORMULA.test(text) && !NUMBER.test(text) ? "'" + text : text;
  return NEEDS_QUOTES.test(safe) ? '"' + safe.replaceAll('"', '""') + '"' : safe;
}

/** A file name for the table at this path, with letters every file system takes. */
export function csvFileName(path: string): string {
  const name = path
    .split('.')
    .filter((part) => !['nodes', 'edges', 'node'].includes(part))
    .join('-')
    .replaceAll(/[^A-Za-z0-9_-]/g, '');
  return `taawun-${name || 'table'}.csv`;
}
