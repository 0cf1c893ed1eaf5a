import { describe, expect, it } from 'vitest';
import { asOf, hasPast, readMoment } from './moment';

describe('a moment of the past', () => {
  it('is read from an address: a day means its end, and what is no moment is none', () => {
    expect(readMoment('2026-11-01')).toBe('2026-11-01T23:59:59Z');
    expect(readMoment('2026-11-01T10:00:00+03:00')).toBe('2026-11-01T10:00:00+03:00');
    expect(readMoment('2026-13-01')).toBeNull();
    expect(readMoment('") { accounts')).toBeNull();
    expect(readMoment(null)).toBeNull();
  });

  it('goes into a query before what it selects, past its variables', () => {
    expect(asOf('query A($id: ID!, $w: W = {a: 1}) { a(id: $id) { b } } fragment F on A { c }', '2026-11-01T23:59:59Z')).toBe(
      'query A($id: ID!, $w: W = {a: 1}) @asOf(at: "2026-11-01T23:59:59Z") { a(id: $id) { b } } fragment F on A { c }',
    );
    expect(asOf('query A { a }', '2026-11-01T23:59:59Z')).toContain('query A @asOf(');
  });

  it('is a matter of the pages of records', () => {
    expect(hasPast('/agreements/agr_1f')).toBe(true);
    expect(hasPast('/agreements')).toBe(false);
    expect(hasPast('/desk/history')).toBe(false);
  });
});
