import type { ReadRecord } from './form';

/** One field of a change that waits for approval, as the contract gives it. */
export interface WaitingField {
  recordId?: string | null;
  kind: string;
  action: string;
  field: string;
  after?: unknown;
}

/** A text of a record in one language, with what waits beside it for a review. */
export interface WrittenText {
  field: string;
  locale: string;
  text: string;
  proposal?: { text: string } | null;
}

type Read = Record<string, unknown>;

const alias = (field: string, locale: string): string => field + (locale === 'ar' ? 'Ar' : 'En');

/** Puts a value where a form looks for it: a text under its alias, a link under its own name. */
function put(record: Read, field: string, value: unknown): void {
  const [name = field, locale] = field.split('.');
  if (locale === 'ar' || locale === 'en') record[alias(name, locale)] = typeof value === 'string' ? { text: value, isFallback: false } : null;
  else if (locale === undefined) {
    record[field] = value;
    if (field.endsWith('Id')) record[field.slice(0, -'Id'.length)] = value === null || value === undefined ? null : { id: value };
  }
}

/** The parts of one sort as the change will leave them. */
function partsAfter(parts: readonly Read[], fields: readonly WaitingField[]): Read[] {
  const after = new Map(parts.map((part) => [String(part['id']), { ...part }]));
  for (const { recordId, action, field, after: value } of fields) {
    if (!recordId) continue;
    if (action === 'DELETE') {
      after.delete(recordId);
      continue;
    }
    const part = after.get(recordId) ?? { id: recordId };
    put(part, field, value);
    after.set(recordId, part);
  }
  return [...after.values()];
}

/**
 * A record as those write on at it who work here: with the translations that wait for a review, and as the change that waits for approval will
 * leave it. A form that showed what readers see would take from its writers what they have just saved. `parts` names the lists of its parts by their types.
 */
export function asItWillBe<Found extends ReadRecord>(record: Found, texts: readonly WrittenText[], change: readonly WaitingField[], parts: Readonly<Record<string, string>> = {}): Found {
  const will = { ...record } as unknown as Read;
  for (const { field, locale, text, proposal } of texts) put(will, `${field}.${locale}`, proposal?.text ?? text);
  for (const [kind, list] of Object.entries(parts)) will[list] = partsAfter((will[list] as Read[] | undefined) ?? [], change.filter((field) => field.kind === kind));
  for (const { kind, field, after } of change) if (!(kind in parts)) put(will, field, after);
  return will as unknown as Found;
}
