/** A sentence of a text: where it begins and ends, and in which of its paragraphs it stands. */
export interface Sentence {
  start: number;
  end: number;
  paragraph: number;
}

/** What ends with a full stop and ends no sentence: abbreviations of agreements and projects, and initials. */
const ABBREVIATION = /(?:^|[\s(])(?:nos?|arts?|dr|mrs?|ms|vol|vs|approx|inc|ltd|co|st|figs?|pp?|e\.g|i\.e|cf|\p{L}|(?:\p{L}\.)+\p{L})\.\s*$/iu;

/** What a writer ends a sentence with before beginning the next. */
const ENDED = /[.!?؟…。]["'”’»)\]]*\s+$/u;

/** The sentences of a text; white space belongs to the sentence before it, and a line break ends one. */
export function sentencesOf(text: string, locale: string): Sentence[] {
  const sentences: Sentence[] = [];
  let paragraph = 0;
  let isOpen = false;
  for (const { segment, index } of new Intl.Segmenter(locale, { granularity: 'sentence' }).segment(text)) {
    const last = sentences.at(-1);
    if (last && (isOpen || segment.trim() === '')) last.end = index + segment.length;
    else if (segment.trim() !== '') sentences.push({ start: index, end: index + segment.length, paragraph });
    const breaks = segment.includes('\n');
    isOpen = !breaks && ABBREVIATION.test(text.slice(sentences.at(-1)?.start ?? 0, index + segment.length));
    if (breaks && sentences.at(-1)?.paragraph === paragraph) paragraph += 1;
  }
  return sentences;
}

/** In which sentence of which paragraph a place in a text is; in one more than there are where the last is ended and the next begins. */
export function sentenceAt(text: string, sentences: readonly Sentence[], place: number): { at: number; paragraph: number } {
  const last = sentences.at(-1);
  if (!last) return { at: 0, paragraph: 0 };
  const at = sentences.findIndex(({ end }) => place < end);
  const inside = sentences[at];
  if (inside) return { at, paragraph: inside.paragraph };
  const tail = text.slice(last.start, place);
  const isBroken = /\n\s*$/.test(tail);
  return { at: isBroken || ENDED.test(tail) ? sentences.length : sentences.length - 1, paragraph: last.paragraph + (isBroken ? 1 : 0) };
}

/**
 * The sentence of the source to which one belongs that is written in the target: the one of the same number, counted in its paragraph where the
 * target has paragraphs too, and otherwise in the whole.
 */
export function pairOf(source: readonly Sentence[], target: readonly Sentence[], { at, paragraph }: { at: number; paragraph: number }): number {
  const first = source.findIndex((sentence) => sentence.paragraph === paragraph);
  const before = target.filter((sentence) => sentence.paragraph < paragraph).length;
  return Math.min(paragraph > 0 && first >= 0 ? first + at - before : at, source.length - 1);
}
