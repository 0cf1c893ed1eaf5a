import { Moon, Search, Sun } from 'lucide-react';
import { type ReactNode, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Outlet, ScrollRestoration, useLocation } from 'react-router';
import { storeLanguage } from '../i18n';
import { Loading } from '../look/Loading';
import { Mark } from '../look/Mark';
import { applyTheme, preferredTheme, storeTheme } from '../look/theme';
import { LanguageSwitch } from './LanguageSwitch';
import { MenuTo, To } from './To';
import { type Digits, storedDigits } from './format';
import { useLanguage } from './language';

/** What surrounds every page of the portal: menu, tools, footer. The language of the texts follows the address. */
export function Portal(): ReactNode {
  const { t, i18n } = useTranslation('shell');
  const { locale, dir } = useLanguage();
  const { pathname } = useLocation();
  const [ready, setReady] = useState(i18n.language === locale);
  useEffect(() => {
    document.documentElement.lang = locale;
    document.documentElement.dir = dir;
    storeLanguage(locale);
    if (i18n.language === locale) return setReady(true);
    setReady(false);
    void i18n.changeLanguage(locale).then(() => setReady(true));
  }, [locale, dir, i18n]);
  if (!ready) return <Loading />;
  const home = pathname === `/${locale}` || pathname === `/${locale}/`;
  return (
    <>
      <a className="skip" href="#content">
        {t('skip')}
      </a>
      <header className={home ? 'shell-top shell-top-home' : 'shell-top'}>
        <div className="shell-in">
          <To to="/" className="shell-brand">
            <Mark />
            <strong>{t('name')}</strong>
            <span>{t('owner')}</span>
          </To>
          <Menu />
          <Tools />
        </div>
      </header>
      <main id="content" tabIndex={-1}>
        <Suspense fallback={<Loading />}>
          <Outlet />
        </Suspense>
      </main>
      <Footer />
      <ScrollRestoration />
    </>
  );
}

function Menu(): ReactNode {
  const { t } = useTranslation('shell');
  return (
    <nav className="shell-menu" aria-label={t('menu.label')}>
      <MenuTo to="/agreements">{t('menu.agreements')}</MenuTo>
      <MenuTo to="/projects">{t('menu.projects')}</MenuTo>
      <MenuTo to="/organizations">{t('menu.organizations')}</MenuTo>
      <MenuTo to="/units">{t('menu.units')}</MenuTo>
      <a href="/playground">{t('menu.playground')}</a>
    </nav>
  );
}

function Tools(): ReactNode {
  const { t } = useTranslation('shell');
  const { locale } = useLanguage();
  const [theme, setTheme] = useState(preferredTheme);
  const turn = (): void => {
    const next = theme === 'dark' ? 'light' : 'dark';
    applyTheme(next);
    storeTheme(next);
    setTheme(next);
  };
  return (
    <div className="shell-tools">
      <To to="/search" className="shell-tool" aria-label={t('tools.search')} title={t('tools.search')}>
        <Search aria-hidden className="icon" />
      </To>
      <button type="button" className="shell-tool" onClick={turn} aria-label={t(theme === 'dark' ? 'tools.light' : 'tools.dark')}>
        {theme === 'dark' ? <Sun aria-hidden className="icon" /> : <Moon aria-hidden className="icon" />}
      </button>
      {locale === 'ar' && <DigitsSwitch />}
      <LanguageSwitch className="shell-tool" />
    </div>
  );
}

/** Arabic texts may be read with either system of digits. */
function DigitsSwitch(): ReactNode {
  const { t } = useTranslation('shell');
  const next: Digits = storedDigits() === 'arab' ? 'latn' : 'arab';
  const turn = (): void => {
    localStorage.setItem('taawun:digits', next);
    location.reload();
  };
  return (
    <button type="button" className="shell-tool" onClick={turn} aria-label={t('tools.digits')} title={t('tools.digits')}>
      {next === 'arab' ? '١٢٣' : '123'}
    </button>
  );
}

function Footer(): ReactNode {
  const { t } = useTranslation('shell');
  return (
    <footer className="shell-foot">
      <div className="shell-in">
        <p>{t('footer.owner')}</p>
        <nav aria-label={t('footer.label')}>
          <To to="/pages/about">{t('footer.about')}</To>
          <To to="/pages/counting">{t('footer.counting')}</To>
          <To to="/pages/accessibility">{t('footer.accessibility')}</To>
          <To to="/pages/privacy">{t('footer.privacy')}</To>
        </nav>
      </div>
    </footer>
  );
}
