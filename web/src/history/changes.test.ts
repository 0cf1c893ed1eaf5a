import { describe, expect, it } from 'vitest';
import { type Change, plain, revisionsOf, whereOf } from './changes';

const change = (id: string, revision: string, root: string): Change => ({
  id,
  at: '2026-11-30T10:00:00Z',
  rootKind: 'Project',
  kind: 'Project',
  recordId: root,
  action: 'UPDATE',
  field: 'status',
  before: 'PIPELINE',
  after: 'CLOSED',
  revision: { id: revision, actorName: 'Rana', operation: 'updateProject', reason: null },
  root: { __typename: 'Project', id: root, code: root, title: null },
});

describe('the history', () => {
  it('gathers changes by what one person did to one record in one go', () => {
    const revisions = revisionsOf([change('1', 'rev_2', 'prj_1'), change('2', 'rev_2', 'prj_1'), change('3', 'rev_2', 'prj_2'), change('4', 'rev_1', 'prj_1')]);
    expect(revisions.map((revision) => [revision.key, revision.changes.length])).toEqual([
      ['rev_2.prj_1', 2],
      ['rev_2.prj_2', 1],
      ['rev_1.prj_1', 1],
    ]);
  });

  it('is narrowed by its address', () => {
    expect(whereOf(new URLSearchParams('who=Ra&from=2026-11-01&kind=Project&field='))).toEqual({
      revision: { actorName: { contains: 'Ra' } },
      at: { gte: '2026-11-01T00:00:00Z' },
      rootKind: { eq: 'Project' },
    });
    expect(whereOf(new URLSearchParams('record=prj_1'))).toEqual({});
  });

  it('says values of every kind in a line', () => {
    expect([plain(null), plain('ماء'), plain(5), plain({ a: 1 })]).toEqual(['', 'ماء', '5', '{"a":1}']);
  });
});
