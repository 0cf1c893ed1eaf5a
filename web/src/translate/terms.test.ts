import { diffWords } from 'diff';
import { describe, expect, it } from 'vitest';
import { cutAt, placesOf } from './terms';

const found = (text: string, ...terms: string[]): string[] => placesOf(text, terms, (term) => term).map(({ start, end, terms: of }) => `${text.slice(start, end)} = ${of.join(' + ')}`);

describe('terms in a text', () => {
  it.each([
    ['Hydrological data; pollution incidents', ['hydrological data', 'pollution incident'], ['Hydrological data = hydrological data']],
    ['The Annex (II) – annexes', ['annex'], ['Annex = annex']],
    ['وبمذكّرةِ التفاهم، ومذكرة', ['مذكرة تفاهم'], ['وبمذكّرةِ التفاهم = مذكرة تفاهم']],
    ['للاتفاقيه', ['الاتفاقية'], ['للاتفاقيه = الاتفاقية']],
    ['من الجُزءِ الأوّل', ['جزء'], ['الجُزءِ = جزء']],
    ['memorandum of understanding', ['understanding', 'memorandum of understanding', 'Memorandum of Understanding'], ['memorandum of understanding = memorandum of understanding + Memorandum of Understanding']],
    ['C++ and 50% of 3.5', ['c++', '%', '3.5'], ['C++ = c++', '3.5 = 3.5']],
  ])('are found as the server finds them: %s', (text, terms, wanted) => expect(found(text, ...terms)).toEqual(wanted));

  it('are marked in a text that is told apart from the one before, also across the words that have changed', () => {
    const [before, after] = ['The Parties exchange quarterly hydrological notes, in six stations.', 'The Parties exchange monthly hydrological data from nine  stations.'];
    const places = placesOf(after, ['hydrological data', 'Parties'], (term) => term);
    const parts = diffWords(before, after, { intlSegmenter: new Intl.Segmenter('en', { granularity: 'word' }) }).filter((part) => !part.removed);
    // What was not taken out is the text of today, letter by letter.
    expect(parts.map((part) => part.value).join('')).toBe(after);
    let at = 0;
    const marked = parts.flatMap((part) => {
      const pieces = cutAt(part.value, at, places);
      at += part.value.length;
      return pieces;
    });
    expect(marked.map((piece) => piece.text).join('')).toBe(after);
    expect(marked.filter((piece) => piece.place).map((piece) => [piece.text, piece.isFirst])).toEqual([
      ['Parties', true],
      ['hydrological ', true],
      ['data', false],
    ]);
  });
});
