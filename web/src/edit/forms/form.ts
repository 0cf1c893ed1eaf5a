import type { Refusal } from '../../graph/useChange';
import type { Field, Section } from '../fields';

/** A record as a form reads it. */
export interface ReadRecord {
  id: string;
  /** Under which people know it; records without one are known by their fields. */
  code?: string;
  version: number;
  /** Where it stands between draft and publication, for records that are published. */
  state?: string;
  /** Whether it stands here as a change that waits for approval will leave it. */
  waits?: boolean;
  /** Why nobody may go on writing at the change that waits for it. */
  refused?: readonly Refusal[];
}

/** The answer to a save. */
export interface Saved {
  /** With the version that the save has made, if it can be read again. */
  record?: { id: string; version?: number } | null;
  change?: { id: string } | null;
  userErrors: Refusal[];
}

/** A kind of record that is entered at the desk: its fields, and how it is read and saved. What a form sends fits its input, because the names of its fields are the input's. */
export interface Form {
  fields: readonly Field[];
  /** The same in sections, where they are many. */
  sections?: readonly Section[];
  /** Whether the record has a language in which it was first written. */
  isWritten?: boolean;
  read(id: string, signal: AbortSignal): Promise<ReadRecord | null | undefined>;
  create(clientMutationId: string, input: object): Promise<Saved>;
  update(id: string, version: number, input: object): Promise<Saved>;
}
