import { describe, expect, it } from 'vitest';
import type { Json } from '../graph/json';
import { findTables, mainTable, mergeTables } from './tables';

const organizations: Json = {
  organizations: {
    totalCount: 2,
    pageInfo: { hasNextPage: false },
    nodes: [
      {
        __typename: 'Organization',
        code: 'UNDP',
        name: { text: 'برنامج الأمم المتحدة الإنمائي' },
        country: null,
        projects: { nodes: [{ code: 'P1', sectors: [{ code: '140', percentage: '60' }, { code: null, percentage: '40' }] }, { code: 'P2', sectors: [] }] },
      },
      { __typename: 'Organization', code: 'FAO', name: null, country: { code: 'IT', name: { text: 'إيطاليا' } }, projects: { nodes: [] } },
    ],
  },
};

describe('tables of an answer', () => {
  const [outer, inner, innermost] = findTables(organizations);

  it('lay out a connection, with links as dotted names and inner lists in one cell', () => {
    expect(outer).toEqual({
      path: 'organizations.nodes',
      depth: 0,
      columns: ['code', 'name', 'projects.code', 'projects.sectors.code', 'projects.sectors.percentage', 'country.code', 'country.name'],
      rows: [
        ['UNDP', 'برنامج الأمم المتحدة الإنمائي', 'P1 | P2', '140 |  | ', '60 | 40 | ', null, null],
        ['FAO', null, null, null, null, 'IT', 'إيطاليا'],
      ],
    });
  });

  it('gather a list within a list, each row with the values of the record around it', () => {
    expect(inner?.path).toBe('organizations.nodes.projects.nodes');
    expect(inner?.depth).toBe(1);
    expect(inner?.columns.slice(0, 4)).toEqual(['organizations[].code', 'organizations[].name', 'organizations[].country', 'code']);
    expect(inner?.rows.map((row) => row[3])).toEqual(['P1', 'P2']);
    expect(innermost?.columns).toEqual(['organizations[].code', 'organizations[].name', 'organizations[].country', 'organizations.projects[].code', 'code', 'percentage']);
    expect(innermost?.rows).toHaveLength(2);
  });

  it('prefer the longest of the outer lists', () => {
    const tables = findTables({ funding: { totals: [{ amount: '1' }], rows: [{ year: 2024 }, { year: 2025 }], rule: { text: 'القاعدة' } } });
    expect(mainTable(tables)?.path).toBe('funding.rows');
    expect(mainTable(findTables(organizations))?.path).toBe('organizations.nodes');
    expect(mainTable([])).toBeUndefined();
  });

  it('unwrap edges and keep the cursor', () => {
    const [table] = findTables({ projects: { edges: [{ cursor: 'c1', node: { code: 'P1', title: { text: 'ماء', isFallback: true } } }] } });
    expect(table?.columns).toEqual(['cursor', 'code', 'title', 'title.isFallback']);
    expect(table?.rows).toEqual([['c1', 'P1', 'ماء', true]]);
  });

  it.each<[string, Json]>([
    ['no data', null],
    ['single values', { project: { code: 'P1', tags: ['a', 'b'] } }],
    ['an empty list', { projects: { nodes: [] } }],
    ['a list of nulls', { nodes: [null, null] }],
  ])('find none in %s', (_, data) => expect(findTables(data)).toEqual([]));

  it('merge pages whose columns differ', () => {
    const merged = mergeTables(
      { path: 'p', depth: 0, columns: ['a', 'b'], rows: [[1, 2]] },
      { path: 'p', depth: 0, columns: ['b', 'c'], rows: [[3, 4]] },
    );
    expect(merged).toEqual({ path: 'p', depth: 0, columns: ['a', 'b', 'c'], rows: [[1, 2, null], [null, 3, 4]] });
  });
});
