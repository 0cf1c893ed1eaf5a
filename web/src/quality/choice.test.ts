import { describe, expect, it } from 'vitest';
import { choiceOf, isChosen, listOf, whereOf } from './choice';

describe('what a list of findings is narrowed to', () => {
  it('goes into the address and comes back', () => {
    const to = listOf({ rule: 'SECTOR_SHARES', owner: 'none' });
    expect(to).toBe('/desk/quality?rule=SECTOR_SHARES&owner=none');
    const choice = choiceOf(new URLSearchParams(to.split('?')[1]));
    expect(isChosen(choice)).toBe(true);
    expect(whereOf(choice)).toEqual({ rule: { eq: 'SECTOR_SHARES' }, and: [{ not: { owner: { id: { isNull: false } } } }] });
    expect(isChosen(choiceOf(new URLSearchParams('by=FUNDER')))).toBe(false);
  });

  it('finds records by unit, funder and category', () => {
    expect(whereOf(choiceOf(new URLSearchParams('owner=min_1&funder=org_2&category=OVERDUE')))).toEqual({
      and: [],
      owner: { id: { eq: 'min_1' } },
      funder: { id: { eq: 'org_2' } },
      category: { eq: 'OVERDUE' },
    });
  });
});
