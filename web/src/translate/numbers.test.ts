import { describe, expect, it } from 'vitest';
import { missingNumbers, wordCount } from './numbers';

describe('a translation', () => {
  it.each([
    ['within 24 hours of 72', 'خلال ٧٢ ساعة', ['24']],
    ['1,250.50 dollars', '١٬٢٥٠٫٥٠ دولاراً', []],
    ['12 and 12', 'اثنا عشر', ['12']],
    ['no number', 'لا رقم', []],
  ])('lacks numbers of its source: %s', (source, target, missing) => expect(missingNumbers(source, target)).toEqual(missing));

  it('has as many words as its language counts', () => {
    expect(wordCount('The Parties shall exchange data.', 'en')).toBe(5);
    expect(wordCount('يتبادل الطرفان البيانات', 'ar')).toBe(3);
  });
});
