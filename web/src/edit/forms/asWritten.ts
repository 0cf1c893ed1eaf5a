import type { Refusal } from '../../graph/useChange';
import type { ReadRecord } from './form';

/** A text of a record in one language, with what waits beside it for a review. */
interface WrittenText {
  field: string;
  locale: string;
  text: string;
  proposal?: { text: string } | null;
}

/** A record as readers of the desk see it, with what has been written on it since. */
export interface Standing extends ReadRecord {
  translations: { nodes: readonly WrittenText[] };
  /** Its changes that wait for approval. */
  pendingChanges: { nodes: readonly { id: string }[] };
}

/** What became of a trial without fields: the record as its waiting change will leave it. */
export interface Tried<Part> {
  record?: Part | null;
  change?: { fields: readonly { recordId: string; field: string; after?: unknown }[] } | null;
  userErrors: Refusal[];
}

/** How to read a record, or a piece of one: as it stands, and as a trial at a version shows it. */
export interface Reading<Part> {
  standing: () => Promise<Part | null | undefined>;
  tried: (version: number) => Promise<Tried<Part>>;
}

/** The input of a trial: of no fields, so that it shows what waits. */
export const trialOf = (id: string, version: number): { id: string; version: number; validateOnly: true } => ({ id, version, validateOnly: true });

/** Whether a change of a published record waits. */
export const waits = (record: Standing): boolean => record.state === 'PUBLISHED' && record.pendingChanges.nodes.length > 0;

/**
 * A record as those write on at it who work here: with the change that waits for approval and the new texts that wait for a review. A form that
 * showed what readers see would take from its writers what they have just saved. If the change may not be gone on with, the record says why.
 */
export async function asWritten<Found extends Standing>(reading: Reading<Found>): Promise<(Found & Pick<ReadRecord, 'refused' | 'waits'>) | null> {
  const record = await reading.standing();
  if (!record) return null;
  const beside = newest(record.id, record.translations.nodes);
  if (!waits(record)) return withTexts(record, beside);
  const tried = await reading.tried(record.version);
  if (!tried.record || tried.userErrors.length > 0) return { ...withTexts(record, beside), refused: tried.userErrors };
  // The trial has counted a version that nobody keeps.
  return { ...withTexts(tried.record, [...beside, ...(tried.change?.fields ?? [])]), version: record.version, waits: true };
}

/** The newest text of each field and language of a record. */
export const newest = (recordId: string, texts: readonly WrittenText[]): { recordId: string; field: string; after: string }[] =>
  texts.map(({ field, locale, text, proposal }) => ({ recordId, field: `${field}.${locale}`, after: proposal?.text ?? text }));

/** Puts texts where a form looks for them, under the alias of their language, wherever in a record their own record stands. */
export function withTexts<Part>(part: Part, texts: readonly { recordId: string; field: string; after?: unknown }[]): Part {
  const of = new Map<string, Record<string, unknown>>();
  for (const { recordId, field, after } of texts) {
    const [name = '', locale] = field.split('.');
    if (locale !== 'ar' && locale !== 'en') continue;
    const own = of.get(recordId) ?? {};
    own[name + (locale === 'ar' ? 'Ar' : 'En')] = typeof after === 'string' ? { text: after, isFallback: false } : null;
    of.set(recordId, own);
  }
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== 'object' || value === null) return value;
    const own = of.get(String((value as { id?: unknown }).id)) ?? {};
    return Object.fromEntries(Object.entries(value).map(([name, inside]) => [name, name in own ? own[name] : walk(inside)]));
  };
  return walk(part) as Part;
}
