import { describe, expect, it } from 'vitest';
import { pairOf, sentenceAt, sentencesOf } from './sentences';

const parts = (text: string, locale: string): string[] => sentencesOf(text, locale).map(({ start, end }) => text.slice(start, end).trim());

describe('sentences', () => {
  it('are those of the language, and end with a line', () => {
    expect(parts('The grant is paid once. It is paid in pounds!\n\nA report follows', 'en')).toEqual(['The grant is paid once.', 'It is paid in pounds!', 'A report follows']);
    expect(parts('تُدفع المنحة مرة واحدة. هل تُدفع بالليرة؟ نعم.', 'ar')).toEqual(['تُدفع المنحة مرة واحدة.', 'هل تُدفع بالليرة؟', 'نعم.']);
    expect(parts('  \n ', 'en')).toEqual([]);
  });

  it('do not end with an abbreviation or a number', () => {
    expect(parts('See Art. 5 and No. 12 of the U.S. Treaty. It costs 1.5 million.', 'en')).toEqual(['See Art. 5 and No. 12 of the U.S. Treaty.', 'It costs 1.5 million.']);
    expect(parts('وقّعها د. أحمد خليل. ثم نُشرت.', 'ar')).toEqual(['وقّعها د. أحمد خليل.', 'ثم نُشرت.']);
  });

  it('are found by a place in the text, also where the next one begins', () => {
    const text = 'One. Two.';
    const sentences = sentencesOf(text, 'en');
    expect([0, 3, 5, 9].map((place) => sentenceAt(text, sentences, place).at)).toEqual([0, 0, 1, 1]);
    const ended = 'One. Two. ';
    expect(sentenceAt(ended, sentencesOf(ended, 'en'), ended.length)).toEqual({ at: 2, paragraph: 0 });
    expect(sentenceAt('One.\n', sentencesOf('One.\n', 'en'), 5)).toEqual({ at: 1, paragraph: 1 });
    // Whoever has ended no sentence is still in it.
    const open = 'One. Two and ';
    expect(sentenceAt(open, sentencesOf(open, 'en'), open.length).at).toBe(1);
    expect(sentenceAt('', [], 0)).toEqual({ at: 0, paragraph: 0 });
  });

  it('pair by their number, in the paragraph where both texts have paragraphs', () => {
    const source = sentencesOf('A one. A two. A three.\nB one. B two.', 'en');
    const pair = (text: string): number => {
      const target = sentencesOf(text, 'en');
      return pairOf(source, target, sentenceAt(text, target, text.length));
    };
    expect(pair('X one. X two')).toBe(1);
    expect(pair('X one. X two. X three. X four')).toBe(3);
    // Three sentences have become two; the next paragraph is not shifted by that.
    expect(pair('X one and two. X three.\nY one')).toBe(3);
    expect(pair('X one and two. X three.\nY one. ')).toBe(4);
    expect(pair('X.\nY.\nZ')).toBe(2);
    expect(pair('1. 2. 3. 4. 5. 6. 7. 8. 9. Ten')).toBe(4);
  });
});
