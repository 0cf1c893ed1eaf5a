import { diffWords } from 'diff';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface DifferenceProps {
  before: string;
  after: string;
  locale: string;
  /** How a stretch of the text of today is drawn, which begins at `from` in it. */
  draw: (text: string, from: number) => ReactNode;
}

/** What has changed between two texts of one language, word by word: taken out struck through, put in underlined, as well as by colour. */
export function Difference(props: DifferenceProps): ReactNode {
  const { t } = useTranslation('translate');
  const { before, after, locale, draw } = props;
  // Words as the language has them: Arabic ones hold no letters that the library would know by itself.
  const parts = diffWords(before, after, { intlSegmenter: new Intl.Segmenter(locale, { granularity: 'word' }) });
  let from = 0;
  return parts.map((part, index) => {
    const key = `${index} ${part.value}`;
    if (part.removed)
      return (
        <del key={key}>
          <span className="hidden">{t('removed')} </span>
          {part.value}
        </del>
      );
    const drawn = draw(part.value, from);
    from += part.value.length;
    if (part.added)
      return (
        <ins key={key}>
          <span className="hidden">{t('added')} </span>
          {drawn}
        </ins>
      );
    return <span key={key}>{drawn}</span>;
  });
}
