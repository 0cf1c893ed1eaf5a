import { Fragment, type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Difference } from './Difference';
import { type Hit, Marked } from './Term';
import type { Sentence } from './sentences';
import type { Place } from './terms';

/** The source with its terms, what has changed in it, and the sentence at which the translator is. One that is long scrolls beside its translation. */
export function Source(props: { text: string; locale: string; /** What it said when it was translated; null if that is not to be shown. */ then: string | null; places: readonly Place<Hit>[]; target: string; sentences: readonly Sentence[]; now: number | null }): ReactNode {
  const { i18n } = useTranslation();
  const { text, locale, then, places, target, sentences, now } = props;
  const pane = useRef<HTMLParagraphElement>(null);
  const isLong = now !== null;
  useEffect(() => {
    const [box, mark] = [pane.current, pane.current?.querySelector<HTMLElement>('.translate-now')];
    if (!box || !mark) return;
    // Only within its pane: the page stays where the translator has it.
    const [top, bottom] = [mark.offsetTop, mark.offsetTop + mark.offsetHeight];
    if (top < box.scrollTop || bottom > box.scrollTop + box.clientHeight) box.scrollTop = Math.max(0, top - box.clientHeight / 3);
  }, [now]);
  const marked = (part: string, from: number): ReactNode => <Marked text={part} from={from} places={places} locale={target} />;
  const drawn = (part: string, from: number): ReactNode => {
    const sentence = now === null ? undefined : sentences[now];
    const [start, end] = sentence ? [sentence.start, sentence.start + text.slice(sentence.start, sentence.end).trimEnd().length] : [0, 0];
    const [before, inside, after] = [
      [from, Math.min(from + part.length, start)],
      [Math.max(from, start), Math.min(from + part.length, end)],
      [Math.max(from, end), from + part.length],
    ].map(([first = 0, last = 0]) => ({ first, said: part.slice(first - from, Math.max(first, last) - from) }));
    if (!inside?.said) return marked(part, from);
    return (
      <>
        {before?.said && marked(before.said, before.first)}
        <mark className="translate-now">{marked(inside.said, inside.first)}</mark>
        {after?.said && marked(after.said, after.first)}
      </>
    );
  };
  return (
    // What scrolls is reached by the keys, too.
    <p ref={pane} className="translate-source" lang={locale} dir={i18n.dir(locale)} tabIndex={isLong ? 0 : undefined}>
      {then === null ? <Fragment>{drawn(text, 0)}</Fragment> : <Difference before={then} after={text} locale={locale} draw={drawn} />}
    </p>
  );
}
