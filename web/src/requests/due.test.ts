import { describe, expect, it } from 'vitest';
import { due } from './due';

describe('when a request is due', () => {
  it.each([
    ['2026-11-29', 'ASSIGNED', 'late', -1],
    ['2026-12-07', 'ASSIGNED', 'soon', 7],
    ['2026-12-08', 'REVISION', 'later', 8],
    ['2026-11-01', 'DELIVERED', 'done', -29],
  ] as const)('%s while it is %s is %s', (dueOn, status, state, daysLeft) => {
    expect(due({ dueOn, status }, '2026-11-30')).toMatchObject({ state, daysLeft });
  });

  it('is not known without a date', () => expect(due({ dueOn: null, status: 'REQUESTED' })).toBeNull());
});
