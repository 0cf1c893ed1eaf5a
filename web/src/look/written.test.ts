import { describe, expect, it } from 'vitest';
import { dayFirst, readDate, readNumber } from './written';

describe('what people write', () => {
  it.each([
    ['١٢٣٤', '1234'],
    ['١٬٢٣٤٬٥٦٧٫٥٠', '1234567.50'],
    ['1,234,567.5', '1234567.5'],
    ['1 234 567', '1234567'],
    ['1\u00a0234', '1234'],
    ['\u200f۱۲', '12'],
    ['1,5', '1,5'],
    ['12.', '12.'],
    ['twelve', 'twelve'],
    ['', ''],
  ])('as a number: %s', (text, number) => expect(readNumber(text)).toBe(number));

  it.each([
    ['2026-03-14', '2026-03-14'],
    ['14/3/2026', '2026-03-14'],
    ['١٤/٠٣/٢٠٢٦', '2026-03-14'],
    ['2026/3/4', '2026-03-04'],
    ['31.2.2026', null],
    ['March', null],
    ['3/14', null],
  ])('as a day: %s', (text, day) => expect(readDate(text)).toBe(day));

  it('and a day as they do', () => expect([dayFirst('2026-03-04'), dayFirst('')]).toEqual(['04/03/2026', '']));
});
