import { Globe, Menu as MenuIcon, Search } from 'lucide-react';
import { type ReactNode, useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ScrollRestoration, useLocation } from 'react-router';
import { useConnection } from '../desk/useConnection';
import { Mark } from '../look/Mark';
import { PastFrame } from '../past/PastFrame';
import { useWho } from '../sign/session';
import { Content, SkipLink } from './Content';
import { Keys } from './Keys';
import { LanguageSwitch } from './LanguageSwitch';
import { ThemeSwitch } from './ThemeSwitch';
import { MenuTo, To } from './To';
import { type Digits, storedDigits } from './format';
import { useLanguage } from './language';

/** What surrounds every page of the portal: menu, tools, footer. */
export function Portal(): ReactNode {
  const { locale } = useLanguage();
  const { pathname } = useLocation();
  const home = pathname === `/${locale}` || pathname === `/${locale}/`;
  return (
    <>
      <SkipLink />
      <Keys />
      <Top home={home} />
      <Offline />
      <PastFrame>
        <Content />
      </PastFrame>
      <Footer />
      <ScrollRestoration />
    </>
  );
}

/** Without a connection what is on the page stays; what was asked for since comes when it is back. */
function Offline(): ReactNode {
  const { t } = useTranslation('shell');
  return useConnection() ? null : (
    <p role="alert" className="shell-offline">
      {t('offline')}
    </p>
  );
}

/** The head of every page; on a narrow screen its menu opens when asked for. */
function Top(props: { home: boolean }): ReactNode {
  const { t } = useTranslation('shell');
  const { pathname, search } = useLocation();
  const [open, setOpen] = useState(false);
  const folded = useId();
  // Who has gone somewhere is done with the menu.
  useEffect(() => setOpen(false), [pathname, search]);
  return (
    <header className={props.home ? 'shell-top shell-top-home' : 'shell-top'}>
      <div className="shell-in">
        <To to="/" className="shell-brand">
          <Mark />
          <strong>{t('name')}</strong>
          <span>{t('owner')}</span>
        </To>
        <button type="button" className="shell-tool shell-opener" aria-expanded={open} aria-controls={folded} onClick={() => setOpen(!open)}>
          <MenuIcon aria-hidden className="icon" />
          <span>{t('menu.open')}</span>
        </button>
        <div id={folded} className={open ? 'shell-folded shell-unfolded' : 'shell-folded'}>
          <Menu />
          <Tools />
        </div>
      </div>
    </header>
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
      <MenuTo to="/funding">{t('menu.funding')}</MenuTo>
      <MenuTo to="/data">{t('menu.data')}</MenuTo>
    </nav>
  );
}

function Tools(): ReactNode {
  const { t } = useTranslation('shell');
  const { locale } = useLanguage();
  const { data: who } = useWho();
  return (
    <div className="shell-tools">
      <To to="/search" className="shell-tool" aria-label={t('tools.search')} title={t('tools.search')}>
        <Search aria-hidden className="icon" />
      </To>
      <ThemeSwitch className="shell-tool" />
      {locale === 'ar' && <DigitsSwitch />}
      <LanguageSwitch className="shell-tool" picture={<Globe aria-hidden size={16} />} />
      {who && (
        <To to={who.account ? '/desk' : '/sign-in'} className="shell-tool shell-enter">
          {t(who.account ? 'tools.desk' : 'tools.signIn')}
        </To>
      )}
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
