import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** The marks that a page may have, each as it is written and what it makes. */
const marks = ['heading', 'smaller', 'strong', 'list', 'numbered', 'link', 'ours', 'quote', 'paragraph'] as const;

/** How the text of a page is marked up: what to write for a heading, a list, a link. */
export function Markup(): ReactNode {
  const { t } = useTranslation('pages');
  return (
    <details className="pages-markup" open>
      <summary>{t('markup.title')}</summary>
      <dl>
        {marks.map((mark) => (
          <div key={mark}>
            <dt>
              <code dir="auto">{t(`markup.${mark}.write`)}</code>
            </dt>
            <dd>{t(`markup.${mark}.makes`)}</dd>
          </div>
        ))}
      </dl>
      <p>{t('markup.not')}</p>
    </details>
  );
}
