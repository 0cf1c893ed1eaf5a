import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { useLanguage } from './language';

/** The same page, same filters, in the other language. */
export function LanguageSwitch(props: { className?: string; picture?: ReactNode }): ReactNode {
  const { t } = useTranslation('shell');
  const { locale } = useLanguage();
  const { pathname, search, hash } = useLocation();
  const other = locale === 'ar' ? 'en' : 'ar';
  return (
    <Link to={`/${other}${pathname.replace(/^\/[^/]*/, '')}${search}${hash}`} lang={other} hrefLang={other} {...(props.className ? { className: props.className } : {})}>
      {props.picture} {t('language')}
    </Link>
  );
}
