/** Where terms stand in a text, with what is said of them. */
export interface Place<Term> {
  start: number;
  end: number;
  terms: Term[];
}

const MARKS = /[\u0300-\u036f\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200c-\u200f]/g;
const BETWEEN = /[\s\p{Cc}.,;:!?"'()[\]{}<>/\\|«»“”‘’؛،؟–—_*%٪-]/u;
const LETTERS = 'ىةٱکیھہ٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹';
const PLAIN = 'يهاكيهه01234567890123456789';

/** A letter as the server compares it (fn.norm): a hamza, vowel signs and the like are nothing, marks between words are a space. */
function plainLetter(letter: string): string {
  const bare = letter.toLowerCase().normalize('NFKD').replace(MARKS, '').replace(/ء/g, '');
  return Array.from(bare, (each) => (BETWEEN.test(each) ? ' ' : (PLAIN[LETTERS.indexOf(each)] ?? each))).join('');
}

/** The words of a text in the normal form of the server (fn.plain_words), each letter with where it stands in the text. */
function plainWords(text: string): { words: string; from: number[]; to: number[] } {
  let words = '';
  const from: number[] = [];
  const to: number[] = [];
  let at = 0;
  for (const letter of text) {
    const end = at + letter.length;
    const plain = plainLetter(letter);
    // A vowel sign belongs to the letter that carries it.
    if (plain === '' && to.length > 0) to[to.length - 1] = end;
    for (const each of Array.from(plain).flatMap((point) => point.split(''))) {
      if (each === ' ' && (words === '' || words.endsWith(' '))) continue;
      words += each;
      from.push(at);
      to.push(end);
    }
    at = end;
  }
  return { words, from, to };
}

const escaped = (word: string): string => word.replace(/[^\p{L}\p{N}]/gu, '\\$&');

/** How a term is found in plain words (fn.term_pattern): whole words; in Arabic with or without the article, the first with what is written together with it. */
function termPattern(words: string): RegExp {
  const parts = words.split(' ').map((word, index) => {
    if (!/[ء-ي]/.test(word)) return escaped(word);
    return (index === 0 ? '[وف]?(?:[بك]?(?:ال)?|لل?)' : '(?:ال)?') + escaped(word.replace(/^ال(?=..)/, ''));
  });
  return new RegExp(`(?<=^| )${parts.join(' ')}(?= |$)`, 'gu');
}

/** Where terms occur in a text, in their order there; of those that overlap the longest. That they occur at all, the server has said: what it asks of words is asked here too. */
export function placesOf<Term>(text: string, terms: readonly Term[], worded: (term: Term) => string): Place<Term>[] {
  const { words, from, to } = plainWords(text);
  const found = terms.flatMap((term) => {
    const wanted = plainWords(worded(term)).words.trim();
    if (wanted === '') return [];
    return [...words.matchAll(termPattern(wanted))].map(({ index, 0: hit }) => ({ start: from[index] ?? 0, end: to[index + hit.length - 1] ?? 0, term }));
  });
  const places: Place<Term>[] = [];
  for (const { start, end, term } of found.toSorted((one, other) => other.end - other.start - (one.end - one.start))) {
    const same = places.find((place) => place.start === start && place.end === end);
    if (same) same.terms.push(term);
    else if (places.every((place) => place.end <= start || end <= place.start)) places.push({ start, end, terms: [term] });
  }
  return places.toSorted((one, other) => one.start - other.start);
}

/** A stretch of a text, cut where terms begin and end. */
export function cutAt<Term>(text: string, from: number, places: readonly Place<Term>[]): { text: string; place: Place<Term> | null; isFirst: boolean }[] {
  const pieces: { text: string; place: Place<Term> | null; isFirst: boolean }[] = [];
  const end = from + text.length;
  let at = from;
  const upTo = (until: number, place: Place<Term> | null): void => {
    if (until > at) pieces.push({ text: text.slice(at - from, until - from), place, isFirst: place?.start === at });
    at = Math.max(at, until);
  };
  for (const place of places) {
    if (place.end <= from || place.start >= end) continue;
    upTo(place.start, null);
    upTo(Math.min(end, place.end), place);
  }
  upTo(end, null);
  return pieces;
}
