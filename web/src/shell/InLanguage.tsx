import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Outlet } from 'react-router';
import { storeLanguage } from '../i18n';
import { Loading } from '../look/Loading';
import { useLanguage } from './language';

/** Every page below a language of the address: document, texts and the visitor's choice follow it. */
export function InLanguage(): ReactNode {
  const { i18n } = useTranslation('shell');
  const { locale, dir } = useLanguage();
  const [ready, setReady] = useState(i18n.language === locale);
  useEffect(() => {
    document.documentElement.lang = locale;
    document.documentElement.dir = dir;
    storeLanguage(locale);
    if (i18n.language === locale) return setReady(true);
    setReady(false);
    void i18n.changeLanguage(locale).then(() => setReady(true));
  }, [locale, dir, i18n]);
  return ready ? <Outlet /> : <Loading />;
}
