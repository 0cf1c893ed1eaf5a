import { readNumber } from '../look/written';

const NUMBER = /[\d٠-٩۰-۹]+(?:[.,٫٬][\d٠-٩۰-۹]+)*/g;

const numbersIn = (text: string): string[] => [...text.matchAll(NUMBER)].map(([number]) => readNumber(number));

/** The numbers of a source that its translation does not have, whichever digits and separators it writes them in. */
export function missingNumbers(source: string, translation: string): string[] {
  const there = new Set(numbersIn(translation));
  return [...new Set(numbersIn(source))].filter((number) => !there.has(number));
}

/** How many words a text has, as its language counts them. */
export const wordCount = (text: string, locale: string): number => [...new Intl.Segmenter(locale, { granularity: 'word' }).segment(text)].filter((part) => part.isWordLike).length;
