import { describe, expect, it } from 'vitest';
import { readSelection, sortBy, toggle, writeSelection } from './selection';

const read = (query: string) => readSelection(new URLSearchParams(query), ['status', 'kind'], ['CODE', 'SIGNED_ON'], '-SIGNED_ON');

describe('selection', () => {
  it.each(['', 'q=%D9%85%D8%A7%D8%A1', 'status=SIGNED%2CIN_FORCE&kind=LOAN', 'sort=CODE&after=abc&at=25', 'view=chart&by=kind', 'q=x&view=map'])('comes back from its address: %s', (query) => {
    expect(writeSelection(read(query), '-SIGNED_ON').toString()).toBe(query);
  });

  it('leaves out what the list does not know', () => {
    expect(read('colour=red&sort=NONSENSE&view=pie&by=colour')).toEqual({ words: '', chosen: {}, sort: '-SIGNED_ON', view: 'list', by: null, after: null, at: 0 });
  });

  it('adds and takes back a value, and begins anew', () => {
    const once = toggle(read('after=abc'), 'status', 'SIGNED');
    expect(once).toMatchObject({ chosen: { status: ['SIGNED'] }, after: null });
    expect(toggle(once, 'status', 'SIGNED').chosen['status']).toEqual([]);
  });

  it('turns the direction of a sort', () => {
    const once = sortBy(read(''), 'CODE');
    expect(once.sort).toBe('CODE');
    expect(sortBy(once, 'CODE').sort).toBe('-CODE');
  });
});
