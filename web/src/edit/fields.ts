import { THERE, type Values, partsOf, rowsOf } from './places';
import type { ShortList } from './useItems';

/** What a link leads to, for those who look for it. */
export type Linked = 'ORGANIZATION' | 'AGREEMENT' | 'PROJECT' | 'ADMINISTRATIVE_UNIT' | 'ACCOUNT';

/** One field of a form: its name in the contract, how it is written, under which name people find it where that is another, and among which fields only one is filled. */
export type Field = { label?: string; oneOf?: readonly string[] } & (
  /** A text in the languages of the desk: `name.ar`, `name.en`. */
  | { name: string; control: 'text' | 'longText' }
  | { name: string; control: 'line' | 'lines' | 'date' | 'year' | 'number' | 'decimal' | 'boolean' | 'currency' | 'locale' | 'language' | 'recurrence' }
  /** A degree of latitude or longitude. */
  | { name: string; control: 'coordinate' }
  /** Any number of languages, such as `ar en`. */
  | { name: string; control: 'languages' }
  /** Names with a value each, such as `{"sex":"female"}`. */
  | { name: string; control: 'pairs' }
  /** The code of an item of a short code list. */
  | { name: string; control: 'item'; list: ShortList }
  /** One of an enumeration, whose names are in the code list of the same name. */
  | { name: string; control: 'choice'; enumeration: string; values: readonly string[] }
  /** An amount with its currency: `name.amount`, `name.currency`. */
  | { name: string; control: 'money' }
  /** The unit of the ministry, as `ownerId` or `ministryUnitId`. */
  | { name: `${string}Id`; control: 'unit' }
  /** A link to one record: `organizationId` is read under `organization`. */
  | { name: `${string}Id`; control: 'record'; of: Linked }
  /** A link to an item of a code list, or of one of several. */
  | { name: `${string}Id`; control: 'code'; list: string | readonly string[] }
  /** A file that is kept here. */
  | { name: `${string}Id`; control: 'file' }
  /** Links to any number of records, or of items of a code list. */
  | { name: string; control: 'links'; of: Linked }
  | { name: string; control: 'links'; list: string }
  /**
   * The parts of the record: the places of one stand below `name/ID/`, and `name/ID` says that it is there. They are lines that open, or the lines
   * of a table. What was measured is a field of its line too, as far as it is not broken down.
   */
  | { name: string; control: 'parts'; as?: 'measure'; fields: readonly Field[] }
  | { name: string; control: 'parts'; as: 'table'; fields: readonly (Single | Measure)[] }
);

/** A field with places of its own. */
export type Single = Exclude<Field, { control: 'parts' | 'links' }>;

/** Parts of a record. */
export type PartsField = Extract<Field, { control: 'parts' }>;

/** What was measured: `value` or, where it is no number, `valueText`, whole or for each of the groups in `dimensions`. */
export type Measure = Extract<Field, { as?: 'measure' }>;

/** Fields of a form that belong together, under a heading. */
export interface Section {
  name: string;
  fields: readonly Field[];
}

/** The languages in which texts are written at the desk. */
export const written = ['ar', 'en'] as const;

type Read = Record<string, unknown>;

const at = (value: unknown, name: string): unknown => (typeof value === 'object' && value !== null ? (value as Read)[name] : undefined);
const plain = (value: unknown): string => (value === null || value === undefined ? '' : String(value));
/** The text in a language; the original, which comes in its stead where there is none, belongs into no other field. */
const localized = (record: unknown, name: string, locale: string): unknown => {
  const text = at(record, name + (locale === 'ar' ? 'Ar' : 'En'));
  return at(text, 'isFallback') === true ? null : at(text, 'text');
};
/** Under which name a link is read whose id has this one. */
const linkOf = (name: string): string => name.slice(0, -'Id'.length);
/** The records of a list, whether it comes whole or as a page. */
const listOf = (value: unknown): Read[] => (Array.isArray(value) ? value : ((at(value, 'nodes') as Read[] | undefined) ?? [])) as Read[];

/** The places of a field in the values of its form. */
export function placesOf(field: Field): string[] {
  if (field.control === 'text' || field.control === 'longText') return written.map((locale) => `${field.name}.${locale}`);
  if (field.control === 'money') return [`${field.name}.amount`, `${field.name}.currency`];
  return [field.name];
}

/** Whether a field stands in a form: of those of which one is filled, the others wait until it is emptied. */
export const isOffered = ({ name, oneOf = [] }: Field, values: Values): boolean => Boolean(values[name]) || !oneOf.some((other) => values[other]);

/** The values of a record as it was read: texts under the aliases `titleAr`, `titleEn`, a link under its own name. */
export function valuesOf(fields: readonly Field[], record: Read): Values {
  const values: Values = {};
  for (const field of fields) {
    const { name, control } = field;
    switch (control) {
      case 'text':
      case 'longText':
        for (const locale of written) values[`${name}.${locale}`] = plain(localized(record, name, locale));
        break;
      case 'money':
        for (const part of ['amount', 'currency']) values[`${name}.${part}`] = plain(at(record[name], part));
        break;
      case 'unit':
      case 'record':
      case 'code':
      case 'file':
        values[name] = plain(at(record[linkOf(name)], 'id'));
        break;
      case 'links':
        for (const linked of listOf(record[name])) values[`${name}/${plain(linked['id'])}`] = THERE;
        break;
      case 'parts':
        for (const part of listOf(record[name])) {
          const row = `${name}/${plain(part['id'])}`;
          values[row] = THERE;
          for (const [place, text] of Object.entries(valuesOf(field.fields, part))) values[`${row}/${place}`] = text;
        }
        break;
      case 'languages':
        values[name] = ((record[name] ?? []) as string[]).join(' ');
        break;
      case 'pairs':
        values[name] = record[name] ? JSON.stringify(record[name]) : '';
        break;
      default:
        values[name] = plain(record[name]);
    }
  }
  return values;
}

/** What the linked records are called, by their ids, as far as it was read. */
export function labelsOf(fields: readonly Field[], record: Read): Record<string, string> {
  const labels: Record<string, string> = {};
  const add = (linked: unknown): void => {
    const name = at(linked, 'name') ?? at(linked, 'title');
    const label = typeof name === 'string' ? name : at(name, 'text');
    const id = at(linked, 'id');
    if (typeof id === 'string' && typeof label === 'string') labels[id] = label;
  };
  for (const field of fields) {
    if (field.control === 'unit' || field.control === 'record' || field.control === 'code' || field.control === 'file') add(record[linkOf(field.name)]);
    else if (field.control === 'links') listOf(record[field.name]).forEach(add);
    else if (field.control === 'parts') for (const part of listOf(record[field.name])) Object.assign(labels, labelsOf(field.fields, part));
  }
  return labels;
}

/** How many parts of each sort a record has beyond those that were read. */
export function moreOf(fields: readonly Field[], record: Read): Record<string, number> {
  const more = (list: unknown): number => Number(at(list, 'totalCount') ?? 0) - listOf(list).length;
  return Object.fromEntries(fields.flatMap(({ name }) => (more(record[name]) > 0 ? [[name, more(record[name])]] : [])));
}

/** The names and values in a place of pairs. */
export const pairsIn = (text: string): [string, string][] => (text ? Object.entries(JSON.parse(text) as Record<string, unknown>).map(([name, value]) => [name, plain(value)]) : []);

const objectOf = (pairs: [string, string][]): Read | null => (pairs.length > 0 ? Object.fromEntries(pairs) : null);

/** The parts to send: those that are new or touched, in their order, and those that were taken out. */
export function savedRows(name: string, fields: readonly Field[], values: Values, before: Values): { saved: { row: string; input: Read }[]; removed: string[] } {
  const saved: { row: string; input: Read }[] = [];
  const removed: string[] = [];
  const [now, then] = [partsOf(values, name), partsOf(before, name)];
  for (const row of rowsOf(values, name)) {
    const place = `${name}/${row}`;
    const isOld = before[place] === THERE;
    if (values[place] !== THERE) {
      if (isOld) removed.push(row);
      continue;
    }
    const input = inputOf(fields, now.get(row) ?? {}, then.get(row) ?? {});
    if (!isOld) saved.push({ row, input });
    else if (Object.keys(input).length > 0) saved.push({ row, input: { id: row, ...input } });
  }
  return { saved, removed };
}

/** The input of the contract for what differs from before: nothing is sent that nobody touched, and what was emptied is sent as null. */
export function inputOf(fields: readonly Field[], values: Values, before: Values): Read {
  const input: Read = {};
  for (const field of fields) {
    const { name } = field;
    if (field.control === 'parts') {
      const { saved, removed } = savedRows(name, field.fields, values, before);
      if (saved.length + removed.length > 0) input[name] = { save: saved.map((row) => row.input), remove: removed };
      continue;
    }
    if (field.control === 'links') {
      const is = (of: Values, id: string): boolean => of[`${name}/${id}`] === THERE;
      const ids = rowsOf({ ...before, ...values }, name);
      const link = ids.filter((id) => is(values, id) && !is(before, id));
      const unlink = ids.filter((id) => !is(values, id) && is(before, id));
      if (link.length + unlink.length > 0) input[name] = { link, unlink };
      continue;
    }
    const places = placesOf(field);
    const changed = places.filter((place) => (values[place] ?? '').trim() !== (before[place] ?? '').trim());
    if (changed.length === 0) continue;
    const [first = '', second = ''] = places.map((place) => values[place]?.trim() ?? '');
    switch (field.control) {
      case 'text':
      case 'longText':
        input[name] = changed.map((place) => ({ locale: place.slice(place.lastIndexOf('.') + 1), text: values[place]?.trim() || null }));
        break;
      case 'money':
        input[name] = first ? { amount: first, currency: second } : null;
        break;
      case 'languages':
        input[name] = first.split(' ').filter(Boolean);
        break;
      case 'pairs':
        input[name] = objectOf(pairsIn(first).filter(([key]) => key.trim()));
        break;
      case 'year':
      case 'number':
      case 'coordinate':
        input[name] = first ? Number(first) : null;
        break;
      case 'boolean':
        input[name] = first === 'true';
        break;
      default:
        input[name] = first || null;
    }
  }
  return input;
}

/** Which place a refusal is about: `parties/ID/signedOn`, or the part if it names no field of it; undefined if it names no field at all. */
export function placeOf(fields: readonly Field[], path: readonly string[], values: Values, before: Values): string | undefined {
  for (const [step, name] of path.entries()) {
    const field = fields.find((each) => each.name === name);
    if (!field) continue;
    if (field.control !== 'parts') return name;
    const [next = '', after = ''] = path.slice(step + 1);
    const row = next === 'save' ? savedRows(name, field.fields, values, before).saved[Number(after)]?.row : rowsOf(values, name).find((each) => each === next);
    if (row === undefined) return name;
    const place = `${name}/${row}`;
    const inside = placeOf(field.fields, path.slice(step + (next === 'save' ? 3 : 2)), partsOf(values, name).get(row) ?? {}, partsOf(before, name).get(row) ?? {});
    return inside === undefined ? place : `${place}/${inside}`;
  }
  return undefined;
}

/** The record as it was read, with what was written here over it: wherever nobody wrote, what somebody else has written meanwhile. `base` is what stood in each place before. */
export function merged(values: Values, base: Values, theirs: Values): Values {
  const shown = { ...theirs };
  for (const [place, text] of Object.entries(values)) if (text !== (base[place] ?? '')) shown[place] = text;
  return shown;
}

/** The places in which two have written, each something else. */
export function conflicts(values: Values, base: Values, theirs: Values): string[] {
  return Object.entries(values).flatMap(([place, text]) => {
    const before = base[place] ?? '';
    const other = theirs[place];
    return other !== undefined && other !== before && text !== before && text !== other ? [place] : [];
  });
}

/** The original language of a new record: the page's, if the first text is written in it, or else the one in which it is. */
export function originalOf(fields: readonly Field[], values: Values, page: string): string {
  const title = fields.find((field) => field.control === 'text')?.name ?? '';
  return [page, ...written].find((locale) => values[`${title}.${locale}`]?.trim()) ?? page;
}
