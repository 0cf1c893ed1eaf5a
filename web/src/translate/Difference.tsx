import { diffWords } from 'diff';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** What has changed between two texts of one language, word by word: taken out struck through, put in underlined, as well as by colour. */
export function Difference(props: { before: string; after: string; locale: string }): ReactNode {
  const { t, i18n } = useTranslation('translate');
  const { before, after, locale } = props;
  // Words as the language has them: Arabic ones hold no letters that the library would know by itself.
  const parts = diffWords(before, after, { intlSegmenter: new Intl.Segmenter(locale, { granularity: 'word' }) });
  return (
    <p className="translate-source" lang={locale} dir={i18n.dir(locale)}>
      {parts.map((part, index) => {
        const key = `${index} ${part.value}`;
        if (part.removed)
          return (
            <del key={key}>
              <span className="hidden">{t('removed')} </span>
              {part.value}
            </del>
          );
        if (part.added)
          return (
            <ins key={key}>
              <span className="hidden">{t('added')} </span>
              {part.value}
            </ins>
          );
        return <span key={key}>{part.value}</span>;
      })}
    </p>
  );
}
