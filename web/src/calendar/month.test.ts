import { describe, expect, it } from 'vitest';
import { dayAfterKey, firstWeekday, plusDays, plusMonths, readDay, weekStart, weeksOf } from './month';

describe('the days of a calendar', () => {
  it('begins weeks on the day that Syria begins them', () => {
    expect([6, 7]).toContain(firstWeekday());
  });

  it('counts over the ends of months and years', () => {
    expect(plusDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(plusDays('2028-03-01', -1)).toBe('2028-02-29');
    expect(plusMonths('2027-01-31', 1)).toBe('2027-02-28');
    expect(plusMonths('2026-01-31', -2)).toBe('2025-11-30');
  });

  it('lays a month out in whole weeks that begin on Saturday', () => {
    const weeks = weeksOf('2026-11-15', 6);
    expect(weeks[0]?.[0]).toBe('2026-10-31');
    expect(weeks.at(-1)?.at(-1)).toBe('2026-12-04');
    expect(weeks.every((week) => week.length === 7)).toBe(true);
    expect(weeksOf('2026-02-01', 7)).toHaveLength(4);
  });

  it('walks by keys in the direction of reading', () => {
    expect(dayAfterKey('ArrowLeft', '2026-11-30', 6, 'rtl')).toBe('2026-12-01');
    expect(dayAfterKey('ArrowLeft', '2026-11-30', 6, 'ltr')).toBe('2026-11-29');
    expect(dayAfterKey('ArrowDown', '2026-11-30', 6, 'rtl')).toBe('2026-12-07');
    expect(dayAfterKey('Home', '2026-11-30', 6, 'rtl')).toBe(weekStart('2026-11-30', 6));
    expect(dayAfterKey('PageUp', '2026-03-31', 6, 'rtl')).toBe('2026-02-28');
    expect(dayAfterKey('x', '2026-03-31', 6, 'rtl')).toBeNull();
  });

  it('takes from an address only a day that there is', () => {
    expect(readDay('2026-11-30')).toBe('2026-11-30');
    expect(readDay('2026-13-01')).toBeNull();
    expect(readDay('soon')).toBeNull();
    expect(readDay(null)).toBeNull();
  });
});
