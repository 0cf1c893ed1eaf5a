import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { type Language, languages } from '../i18n';

/** The language of the page, as its address says, and the direction it is read in. */
export function useLanguage(): { locale: Language; dir: 'rtl' | 'ltr' } {
  const { locale } = useParams();
  const known = languages.find((language) => language === locale) ?? 'ar';
  return { locale: known, dir: known === 'ar' ? 'rtl' : 'ltr' };
}

/** Names the page in the title of the window. */
export function usePageTitle(title: string): void {
  const { t } = useTranslation('shell');
  const name = t('name');
  useEffect(() => {
    document.title = title ? `${title} · ${name}` : name;
  }, [title, name]);
}
