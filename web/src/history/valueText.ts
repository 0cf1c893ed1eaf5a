/** How a value of a record is told, which comes as JSON without its type: the names of its kind are looked up by whoever draws it. */
export type Told =
  | { sort: 'none' }
  | { sort: 'text' | 'date' | 'moment' | 'recurrence' | 'language' | 'code' | 'field'; text: string }
  | { sort: 'number'; text: string; places: number }
  | { sort: 'money'; amount: string; currency: string }
  | { sort: 'boolean'; is: boolean }
  | { sort: 'choice'; enumeration: string; value: string }
  | { sort: 'link'; id: string }
  | { sort: 'list'; of: Told[] };

/** The global id of a record, as the contract writes it. */
const ID = /^[a-z]{3}_[0-9a-f]+$/;
const DAY = /^\d{4}-\d\d-\d\d$/;
const MOMENT = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/;
const DECIMAL = /^-?\d+(\.\d+)?$/;
/** Fields whose numbers are written without separators, and fields whose texts are codes that everybody writes alike. */
const YEAR = /year$/i;
const CODE = /currency|url|website|email|phone|code$|pcode|identifier|reference|^ref$|digest/i;

/** What a value of a field is, of a type whose enumerations are given by field. */
export function toldOf(value: unknown, field: string, enumerations: Readonly<Record<string, string>> = {}): Told {
  if (value === null || value === undefined || value === '') return { sort: 'none' };
  if (Array.isArray(value)) return value.length === 0 ? { sort: 'none' } : { sort: 'list', of: value.map((each: unknown) => toldOf(each, field, enumerations)) };
  if (typeof value === 'boolean') return { sort: 'boolean', is: value };
  if (typeof value === 'number') return YEAR.test(field) ? { sort: 'code', text: String(value) } : { sort: 'number', text: String(value), places: 6 };
  if (typeof value === 'object') {
    const { amount, currency } = value as { amount?: unknown; currency?: unknown };
    if ((typeof amount === 'string' || typeof amount === 'number') && typeof currency === 'string') return { sort: 'money', amount: String(amount), currency };
    return { sort: 'code', text: JSON.stringify(value) };
  }
  const text = String(value);
  const enumeration = enumerations[field];
  if (enumeration !== undefined) return { sort: 'choice', enumeration, value: text };
  if (field.endsWith('Id') && ID.test(text)) return { sort: 'link', id: text };
  if (DAY.test(text)) return { sort: 'date', text };
  if (MOMENT.test(text)) return { sort: 'moment', text };
  if (field === 'field') return { sort: 'field', text };
  if (field === 'recurrence') return { sort: 'recurrence', text };
  if (/locale$/i.test(field)) return { sort: 'language', text };
  if (CODE.test(field)) return { sort: 'code', text };
  if (DECIMAL.test(text) && /amount|share|percentage|score|rate|value/i.test(field)) return { sort: 'number', text, places: 2 };
  return { sort: 'text', text };
}

/** The ids of the records to which values lead. */
export const linksIn = (told: readonly Told[]): string[] => told.flatMap((each) => (each.sort === 'link' ? [each.id] : each.sort === 'list' ? linksIn(each.of) : []));
