/** What a form holds: one text for each place in which something can be written; empty where nothing is known. */
export type Values = Record<string, string>;

/** The text of a place that says that a part, or a link, is there. */
export const THERE = '1';

/** The parts of one sort among places: their names in order, and what is said below each, by places of their own. */
interface Parts {
  rows: string[];
  said: Map<string, Record<string, unknown>>;
}

/** What was gathered of places that are still held; a form asks for each of its lists, and a record may have hundreds of parts. */
const gathered = new WeakMap<Readonly<Record<string, unknown>>, Map<string, Parts>>();

/** All parts among places, by their sort, in one go. */
function partsIn(places: Readonly<Record<string, unknown>>): Map<string, Parts> {
  const known = gathered.get(places);
  if (known) return known;
  const all = new Map<string, Parts>();
  for (const [place, text] of Object.entries(places)) {
    const start = place.indexOf('/');
    if (start < 0) continue;
    const name = place.slice(0, start);
    let parts = all.get(name);
    if (!parts) all.set(name, (parts = { rows: [], said: new Map() }));
    const end = place.indexOf('/', start + 1);
    if (end < 0) {
      parts.rows.push(place.slice(start + 1));
      continue;
    }
    const row = place.slice(start + 1, end);
    const part = parts.said.get(row) ?? {};
    parts.said.set(row, part);
    part[place.slice(end + 1)] = text;
  }
  gathered.set(places, all);
  return all;
}

/** What is said of places below `name/ID/`, by ID, as of places of their own. */
export function partsOf<Said>(places: Readonly<Record<string, Said>>, name: string): ReadonlyMap<string, Record<string, Said>> {
  return (partsIn(places).get(name)?.said ?? new Map()) as Map<string, Record<string, Said>>;
}

/** The names of the parts, or of what is linked, that are there or were taken out here. */
export const rowsOf = (values: Values, name: string): readonly string[] => partsIn(values).get(name)?.rows ?? [];
