import type { Cell } from './csv';

/** One page of a list, as rows of a file. */
export interface Batch {
  /** Records of the whole list. */
  total: number;
  rows: Cell[][];
  endCursor: string | null;
  hasNextPage: boolean;
}

/** Reads one page of a list, from a cursor on. */
export type ReadBatch = (after: string | null, signal: AbortSignal) => Promise<Batch>;

/** Reads a list from its first page to its last. An error or a stop rejects: half a list would pass for a whole one. */
export async function readWhole(read: ReadBatch, report: (rows: number, total: number) => void, signal: AbortSignal): Promise<Cell[][]> {
  const rows: Cell[][] = [];
  let after: string | null = null;
  do {
    const batch: Batch = await read(after, signal);
    signal.throwIfAborted();
    rows.push(...batch.rows);
    report(rows.length, batch.total);
    after = batch.hasNextPage ? batch.endCursor : null;
  } while (after !== null);
  return rows;
}
