import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** A text of a record, as the contract gives it. */
export interface LocalizedTextFields {
  text: string;
  locale: string;
  direction: 'LTR' | 'RTL';
  isFallback?: boolean;
}

/** A text of a record in its own language and direction; one in another language than the page's is named as such. */
export function Texted(props: { text: LocalizedTextFields | null | undefined; fallback?: ReactNode }): ReactNode {
  const { t, i18n } = useTranslation('shell');
  const { text } = props;
  if (!text) return props.fallback ?? t('unknown');
  const foreign = !text.locale.toLowerCase().startsWith(i18n.language);
  return (
    <bdi lang={text.locale} dir={text.direction === 'RTL' ? 'rtl' : 'ltr'} title={foreign ? t('otherLanguage', { language: text.locale }) : undefined}>
      {text.text}
    </bdi>
  );
}
