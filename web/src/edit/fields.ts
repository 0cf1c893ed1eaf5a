/** One field of a form: its name in the contract, and how it is written. */
export type Field =
  /** A text in the languages of the desk: `name.ar`, `name.en`. */
  | { name: string; control: 'text' | 'longText' }
  | { name: string; control: 'line' | 'date' | 'number' | 'boolean' | 'currency' }
  /** One of an enumeration, whose names are in the code list of the same name. */
  | { name: string; control: 'choice'; enumeration: string; values: readonly string[] }
  /** An amount with its currency: `name.amount`, `name.currency`. */
  | { name: string; control: 'money' }
  /** The unit of the ministry that keeps the record. */
  | { name: 'ownerId'; control: 'unit' };

/** What a form holds: one text for each place in which something can be written; empty where nothing is known. */
export type Values = Record<string, string>;

/** The languages in which texts are written at the desk. */
export const written = ['ar', 'en'] as const;

type Read = Record<string, unknown>;

/** The places of a field in the values of its form. */
export function placesOf(field: Field): string[] {
  if (field.control === 'text' || field.control === 'longText') return written.map((locale) => `${field.name}.${locale}`);
  if (field.control === 'money') return [`${field.name}.amount`, `${field.name}.currency`];
  return [field.name];
}

/** The values of a record as it was read: texts under the aliases `titleAr`, `titleEn`, a unit under `owner`. */
export function valuesOf(fields: readonly Field[], record: Read): Values {
  const at = (value: unknown, name: string): unknown => (typeof value === 'object' && value !== null ? (value as Read)[name] : undefined);
  const plain = (value: unknown): string => (value === null || value === undefined ? '' : String(value));
  const values: Values = {};
  for (const field of fields) {
    const { name, control } = field;
    if (control === 'text' || control === 'longText') for (const locale of written) values[`${name}.${locale}`] = plain(at(record[name + (locale === 'ar' ? 'Ar' : 'En')], 'text'));
    else if (control === 'money') for (const part of ['amount', 'currency']) values[`${name}.${part}`] = plain(at(record[name], part));
    else if (control === 'unit') values[name] = plain(at(record['owner'], 'id'));
    else values[name] = plain(record[name]);
  }
  return values;
}

/** The input of the contract for what differs from before: nothing is sent that nobody touched, and what was emptied is sent as null. */
export function inputOf(fields: readonly Field[], values: Values, before: Values): Read {
  const input: Read = {};
  for (const field of fields) {
    const places = placesOf(field);
    const changed = places.filter((place) => values[place]?.trim() !== (before[place] ?? '').trim());
    if (changed.length === 0) continue;
    const [first = '', second = ''] = places.map((place) => values[place]?.trim() ?? '');
    switch (field.control) {
      case 'text':
      case 'longText':
        input[field.name] = changed.map((place) => ({ locale: place.slice(place.lastIndexOf('.') + 1), text: values[place]?.trim() || null }));
        break;
      case 'money':
        input[field.name] = first ? { amount: first, currency: second } : null;
        break;
      case 'number':
        input[field.name] = first ? Number(first) : null;
        break;
      case 'boolean':
        input[field.name] = first === 'true';
        break;
      default:
        input[field.name] = first || null;
    }
  }
  return input;
}

/** The values with what somebody else has written meanwhile, wherever nobody wrote here. */
export function merged(values: Values, base: Values, theirs: Values): Values {
  return Object.fromEntries(Object.keys({ ...theirs, ...values }).map((place) => [place, (values[place] === base[place] ? theirs[place] : values[place]) ?? '']));
}

/** The places in which two have written, each something else. */
export function conflicts(values: Values, base: Values, theirs: Values): string[] {
  return Object.keys(theirs).filter((place) => theirs[place] !== base[place] && values[place] !== base[place] && values[place] !== theirs[place]);
}

/** The original language of a new record: the page's, if the first text is written in it, or else the one in which it is. */
export function originalOf(fields: readonly Field[], values: Values, page: string): string {
  const title = fields.find((field) => field.control === 'text')?.name ?? '';
  return [page, ...written].find((locale) => values[`${title}.${locale}`]?.trim()) ?? page;
}
