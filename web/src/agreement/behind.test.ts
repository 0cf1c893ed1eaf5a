import { describe, expect, it } from 'vitest';
import { countsAs, readBehind, withBehind } from './behind';

describe('the list behind a figure', () => {
  it('is part of the address, beside what else is there', () => {
    const search = withBehind(new URLSearchParams('asOf=2026-11-01'), { list: 'indicators', which: 'achieved', year: 2024 });
    expect(search).toBe('?asOf=2026-11-01&behind=indicators.achieved.2024');
    expect(readBehind(new URLSearchParams(search))).toEqual({ list: 'indicators', which: 'achieved', year: 2024 });
    expect(withBehind(new URLSearchParams(search), null)).toBe('?asOf=2026-11-01');
  });

  it('is none where an address asks for what there is not', () => {
    for (const asked of ['', 'behind=projects', 'behind=units.overdue', 'behind=obligations.done.20xx']) expect(readBehind(new URLSearchParams(asked))).toBeNull();
  });

  it('holds the dates that the figure counts', () => {
    const late = { dueOn: '2026-01-10', state: 'DONE', settledOn: '2026-01-12' };
    const open = { dueOn: '2027-01-10', state: 'PENDING' };
    expect((['all', 'due', 'done', 'doneLate', 'overdue', 'waived', 'open'] as const).filter((which) => countsAs(which, late, '2026-11-30'))).toEqual(['all', 'due', 'done', 'doneLate']);
    expect((['due', 'done', 'open'] as const).filter((which) => countsAs(which, open, '2026-11-30'))).toEqual(['open']);
  });
});
