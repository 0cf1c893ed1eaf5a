import { describe, expect, it } from 'vitest';
import { makeFormat } from './format';

/** Without the marks that only steer direction. */
const plain = (text: string): string => text.replace(/[\u200e\u200f\u061c]/g, '').replace(/\u00a0/g, ' ');

describe('format', () => {
  const arabic = makeFormat('ar', 'latn');
  const english = makeFormat('en', 'latn');

  it('names months as in the Levant', () => {
    expect(plain(arabic.date('2026-03-14'))).toBe('14 آذار 2026');
    expect(english.date('2026-03-14')).toBe('14 Mar 2026');
  });

  it('keeps the day of a date whatever the time zone', () => {
    expect(english.date('2026-01-01')).toBe('1 Jan 2026');
  });

  it('shortens money from a million on', () => {
    expect(plain(english.moneyShort('12400000', 'USD'))).toBe('12.4 million US dollars');
    expect(plain(arabic.moneyShort('12400000', 'USD'))).toContain('12.4 مليون');
    expect(plain(english.moneyShort('999', 'USD'))).toBe('999 US dollars');
  });

  it('writes the digits that the reader chose', () => {
    expect(makeFormat('ar', 'arab').number(1234.5, 1)).toBe('١٬٢٣٤٫٥');
    expect(arabic.number(1234.5, 1)).toBe('1,234.5');
    expect(makeFormat('ar', 'arab').digits('قبل 30 يوماً بالدولار USD')).toBe('قبل ٣٠ يوماً بالدولار USD');
    expect(arabic.digits('30 يوماً')).toBe('30 يوماً');
    expect(makeFormat('en', 'arab').digits('30 days')).toBe('30 days');
  });
});
