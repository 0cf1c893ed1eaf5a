import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { MAX_PAGES, MAX_ROWS, type Progress, readAllPages } from './allPages';
import type { GraphQLAnswer, GraphQLRequest } from '../graph/endpoint';
import type { JsonObject } from '../graph/json';
import { pagedConnection } from './operation';

const query = 'query P($after: Cursor, $s: String) { projects(first: 2, after: $after) { totalCount nodes { code } } }';

/** A server of `count` projects in pages of two, as our endpoint answers. */
function serverOf(count: number, requests: GraphQLRequest[] = []): (request: GraphQLRequest) => Promise<GraphQLAnswer> {
  return async (request) => {
    requests.push(request);
    const start = Number(request.variables?.['after'] ?? 0);
    const nodes = Array.from({ length: Math.min(2, count - start) }, (_, index) => ({ code: `P${start + index}` }));
    const end = start + nodes.length;
    return answer({ data: { projects: { totalCount: count, nodes, pageInfo: { hasNextPage: end < count, endCursor: String(end) } } } });
  };
}

function answer(body: JsonObject): GraphQLAnswer {
  return { body, status: 200, duration: 1, size: 1 };
}

function source(text: string): Parameters<typeof readAllPages>[0] {
  const connection = pagedConnection(text, null);
  if (!connection) throw new Error('not paged');
  return { connection, request: { query: text, variables: { s: 'x' } }, tablePath: 'projects.nodes' };
}

describe('the paged connection of an operation', () => {
  it('is found, and asked for the end of its page', () => {
    const connection = pagedConnection(query, 'P');
    expect(connection?.path).toEqual(['projects']);
    expect(connection?.query).toMatch(/pageInfo {\s+hasNextPage\s+endCursor\s+}/);
    expect(() => parse(connection?.query ?? '')).not.toThrow();
  });

  it('is found below single records and under an alias', () => {
    const text = 'query Q($after: Cursor) { __typename unit: administrativeUnit(by: {pcode: "SY02"}) { all: projects(after: $after) { nodes { code } } } }';
    const connection = pagedConnection(text, null);
    expect(connection?.path).toEqual(['unit', 'all']);
    expect(connection?.query).toContain('hasNextPage');
  });

  it.each([
    ['does not parse', 'query {'],
    ['has no variable', '{ projects(after: "x") { nodes { code } } }'],
    ['does not use it', 'query Q($after: Cursor) { projects { nodes { code } } }'],
  ])('is missing where the text %s', (_, text) => expect(pagedConnection(text, null)).toBeNull());
});

describe('reading all pages', () => {
  it('follows the cursor to the end and keeps the other variables', async () => {
    const requests: GraphQLRequest[] = [];
    const seen: Progress[] = [];
    const all = await readAllPages(source(query), serverOf(5, requests), (progress) => seen.push(progress), new AbortController().signal);
    expect(all.ending).toEqual({ kind: 'complete' });
    expect(all.table?.rows.flat()).toEqual(['P0', 'P1', 'P2', 'P3', 'P4']);
    expect(requests.map((request) => request.variables)).toEqual([
      { s: 'x', after: null },
      { s: 'x', after: '2' },
      { s: 'x', after: '4' },
    ]);
    expect(seen).toEqual([
      { rows: 2, pages: 1, total: 5 },
      { rows: 4, pages: 2, total: 5 },
      { rows: 5, pages: 3, total: 5 },
    ]);
  });

  it('stops at its bounds', async () => {
    const all = await readAllPages(source(query), serverOf(1_000_000), () => {}, new AbortController().signal);
    expect(all.ending).toEqual({ kind: 'bound' });
    expect(all.progress.pages).toBe(Math.min(MAX_PAGES, MAX_ROWS / 2));
  });

  it('does not turn round on a cursor that stands still', async () => {
    const stuck = async (): Promise<GraphQLAnswer> =>
      answer({ data: { projects: { nodes: [{ code: 'P' }], pageInfo: { hasNextPage: true, endCursor: 'same' } } } });
    const all = await readAllPages(source(query), stuck, () => {}, new AbortController().signal);
    expect(all).toMatchObject({ ending: { kind: 'complete' }, progress: { pages: 2 } });
  });

  it('keeps what it has when the reader stops it', async () => {
    const abort = new AbortController();
    const all = await readAllPages(source(query), serverOf(100), ({ pages }) => pages === 3 && abort.abort(), abort.signal);
    expect(all.ending).toEqual({ kind: 'stopped' });
    expect(all.table?.rows).toHaveLength(6);
  });

  it.each<[string, () => Promise<GraphQLAnswer>]>([
    ['the server refuses', async () => answer({ errors: [{ message: 'too costly' }] })],
    ['the network fails', async () => Promise.reject(new Error('too costly'))],
  ])('keeps what it has when %s', async (_, fail) => {
    const good = serverOf(100);
    let calls = 0;
    const all = await readAllPages(source(query), (request) => (++calls > 2 ? fail() : good(request)), () => {}, new AbortController().signal);
    expect(all.ending).toEqual({ kind: 'failed', message: 'too costly' });
    expect(all.table?.rows).toHaveLength(4);
  });
});
