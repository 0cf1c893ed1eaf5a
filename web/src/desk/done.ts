import { useSyncExternalStore } from 'react';
import type { Refusal } from '../graph/useChange';

/** What was done last at the desk, and how to take it back. */
export interface Done {
  /** What was done, as the texts name it under `done`, and under `undone` once it is taken back. */
  name: 'submit' | 'withdraw' | 'return' | 'publish' | 'drop' | 'DONE' | 'WAIVED' | 'waits' | 'follow' | 'write' | 'confirm' | 'review' | 'certify' | 'sendBack' | 'request' | 'apart' | 'together' | 'merge' | 'takeOut' | 'takeOutDraft' | 'archive' | 'archivePublished' | 'restore';
  /** To what, as people call it. */
  what: string;
  /** Where a request has come to, in words. */
  state?: string;
  /** The record whose change by somebody else ends the offer; absent where only the server knows. */
  subject?: string;
  /** Takes it back; absent where the contract has no opposite, and once it was taken back. */
  undo?: () => Promise<{ userErrors: Refusal[] }>;
  isUndone?: true;
}

let last: Done | null = null;
const listeners = new Set<() => void>();

/** Tells what was done, in place of what was done before; null ends the offer to take it back. */
export function tellDone(done: Done | null): void {
  last = done;
  for (const told of listeners) told();
}

/** What cannot be taken back is news where it happened, and nowhere else. */
export function endNews(): void {
  if (last && !last.undo) tellDone(null);
}

function follow(told: () => void): () => void {
  listeners.add(told);
  return () => listeners.delete(told);
}

/** What was done last, as long as it is told. */
export const useDone = (): Done | null => useSyncExternalStore(follow, () => last);
