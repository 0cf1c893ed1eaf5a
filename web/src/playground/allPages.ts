import { type GraphQLAnswer, type GraphQLRequest, errorsOf } from '../graph/endpoint';
import type { Json } from '../graph/json';
import { CURSOR_VARIABLE, type PagedConnection, pageInfoAt, totalCountAt } from './operation';
import { type Table, findTables, mergeTables } from './tables';

/** No table grows beyond this: a spreadsheet is not the place for more, and neither is a browser's memory. */
export const MAX_ROWS = 20_000;
/** Nor is the server asked more often than this in one go. */
export const MAX_PAGES = 400;

/** How far reading all pages has come. */
export interface Progress {
  rows: number;
  pages: number;
  /** Records of the connection in all; null if the operation did not ask for totalCount. */
  total: number | null;
}

/** Why reading stopped: at the last page, at a bound of ours, by the reader, or with an error that names itself. */
export type Ending = { kind: 'complete' } | { kind: 'bound' } | { kind: 'stopped' } | { kind: 'failed'; message: string };

/** All rows read so far, complete or not. */
export interface AllPages {
  table: Table | null;
  progress: Progress;
  ending: Ending;
}

/**
 * Reads a connection from its first page to its last, one page at a time, and lays the table at this path out of all of them.
 * What has been read is never lost: an error or a stop ends with the rows so far.
 */
export async function readAllPages(
  source: { connection: PagedConnection; request: GraphQLRequest; tablePath: string },
  ask: (request: GraphQLRequest) => Promise<GraphQLAnswer>,
  report: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<AllPages> {
  let table: Table | null = null;
  const progress: Progress = { rows: 0, pages: 0, total: null };
  const end = (ending: Ending): AllPages => ({ table, progress, ending });
  let cursor: string | null = null;
  while (true) {
    if (signal.aborted) return end({ kind: 'stopped' });
    if (progress.rows >= MAX_ROWS || progress.pages >= MAX_PAGES) return end({ kind: 'bound' });
    let data: Json;
    try {
      const variables = { ...source.request.variables, [CURSOR_VARIABLE]: cursor };
      const answer = await ask({ ...source.request, query: source.connection.query, variables });
      const [error] = errorsOf(answer.body);
      if (error) return end({ kind: 'failed', message: error.message });
      data = answer.body['data'] ?? null;
    } catch (error) {
      if (signal.aborted) return end({ kind: 'stopped' });
      return end({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
    }
    const page = findTables(data).find((candidate) => candidate.path === source.tablePath);
    if (page) table = table ? mergeTables(table, page) : page;
    progress.rows = table?.rows.length ?? 0;
    progress.pages += 1;
    progress.total = totalCountAt(data, source.connection.path) ?? progress.total;
    report({ ...progress });
    const info = pageInfoAt(data, source.connection.path);
    if (!info?.hasNextPage || info.endCursor === null || info.endCursor === cursor) return end({ kind: 'complete' });
    cursor = info.endCursor;
  }
}
