import type { Cell } from '../csv/csv';
import { type Json, type JsonObject, isObject } from '../graph/json';

/** A list of objects found in an answer, laid out as a table. */
export interface Table {
  /** Where the list stands in the answer, as response names joined by dots ("organizations.nodes.projects.nodes"). */
  path: string;
  /** How many other lists the list stands within. */
  depth: number;
  columns: string[];
  /** One row per object of the list; cells in the order of the columns. */
  rows: Cell[][];
}


/** Names that only hold a page together; they say nothing to the reader of a table. */
const WRAPPERS = new Set(['nodes', 'edges', 'node']);
const SKIPPED = new Set(['pageInfo', '__typename']);
/** Between the values of a list within one cell. Unlike a comma or semicolon it does not occur in names. */
const BETWEEN_VALUES = ' | ';

type FlatRow = Map<string, Cell>;

/**
 * Every list of objects in an answer, outermost first. A list that is repeated inside another list (the projects of each
 * organization) is one table: its rows carry the single values of the records around them, so that nothing is lost.
 */
export function findTables(data: Json): Table[] {
  const found = new Map<string, Found>();
  if (isObject(data)) collect(data, { path: [], depth: 0, values: new Map() }, found);
  return [...found].map(([path, list]) => layOut(path, list));
}

/** The list a reader most likely wants: the longest of those that stand within no other. */
export function mainTable(tables: readonly Table[]): Table | undefined {
  return tables.reduce<Table | undefined>(
    (best, table) =>
      best && (best.depth < table.depth || (best.depth === table.depth && best.rows.length >= table.rows.length)) ? best : table,
    undefined,
  );
}

interface Found {
  depth: number;
  rows: FlatRow[];
}

/** Where the search stands, and the single values of the records around. */
interface Surroundings {
  path: string[];
  depth: number;
  values: FlatRow;
}

function collect(value: JsonObject, around: Surroundings, found: Map<string, Found>): void {
  for (const [key, member] of Object.entries(value)) {
    const here = [...around.path, key];
    if (isObject(member)) {
      collect(member, { ...around, path: here }, found);
    } else if (Array.isArray(member)) {
      const items = member.filter(isObject);
      if (items.length === 0) continue;
      const name = here.join('.');
      const list = found.get(name) ?? { depth: around.depth, rows: [] };
      found.set(name, list);
      for (const item of items) {
        const row: FlatRow = new Map(around.values);
        flatten(item, [], row);
        list.rows.push(row);
      }
      for (const item of items) {
        collect(item, { path: here, depth: around.depth + 1, values: new Map([...around.values, ...singleValues(item, here)]) }, found);
      }
    }
  }
}

/** The values of a record that are no lists, named so that they cannot be taken for those of the rows within it. */
function singleValues(record: JsonObject, path: string[]): FlatRow {
  const flat: FlatRow = new Map();
  for (const [key, member] of Object.entries(record)) {
    if (!SKIPPED.has(key) && !containsList(member)) flatten(member, [key], flat);
  }
  const list = path.filter((name) => !WRAPPERS.has(name)).join('.');
  return new Map([...flat].map(([name, cell]) => [`${list}[].${name}`, cell]));
}

/** Whether a value holds a list anywhere below. */
function containsList(value: Json): boolean {
  if (Array.isArray(value)) return true;
  return isObject(value) && Object.values(value).some(containsList);
}

function flatten(value: Json, path: string[], row: FlatRow): void {
  if (Array.isArray(value)) {
    flattenList(value, path, row);
  } else if (isObject(value)) {
    for (const [key, member] of Object.entries(value)) {
      if (!SKIPPED.has(key)) flatten(member, [...path, key], row);
    }
  } else {
    row.set(columnName(path), value);
  }
}

/** A list within a row becomes one cell per column of its items, their values in the same order. */
function flattenList(list: Json[], path: string[], row: FlatRow): void {
  const items = list.map((item) => {
    const flat: FlatRow = new Map();
    flatten(item, path, flat);
    return flat;
  });
  const names = new Set(items.flatMap((item) => [...item.keys()]));
  for (const name of names) {
    row.set(name, items.map((item) => asText(item.get(name) ?? null)).join(BETWEEN_VALUES));
  }
}

/** "title.text" is the title, "agreements.nodes.code" the codes of the agreements. */
function columnName(path: string[]): string {
  const names = path.filter((name) => !WRAPPERS.has(name));
  if (names.length > 1 && names.at(-1) === 'text') names.pop();
  return names.length > 0 ? names.join('.') : (path.at(-1) ?? '');
}

function asText(cell: Cell): string {
  return cell === null ? '' : String(cell);
}

function layOut(path: string, { depth, rows }: Found): Table {
  const names = new Set(rows.flatMap((row) => [...row.keys()]));
  // A link that is null in one row and an object in another leaves an empty column of the bare name: drop it.
  const columns = [...names].filter(
    (name) => !([...names].some((other) => other.startsWith(name + '.')) && rows.every((row) => (row.get(name) ?? null) === null)),
  );
  return { path, depth, columns, rows: rows.map((row) => columns.map((name) => row.get(name) ?? null)) };
}

/** Two pages of the same list as one table; a column that only one of them has stays empty for the other. */
export function mergeTables(first: Table, second: Table): Table {
  const columns = [...new Set([...first.columns, ...second.columns])];
  const spread = (table: Table): Cell[][] => {
    const places = columns.map((name) => table.columns.indexOf(name));
    return table.rows.map((row) => places.map((place) => row[place] ?? null));
  };
  return { path: first.path, depth: first.depth, columns, rows: [...spread(first), ...spread(second)] };
}
