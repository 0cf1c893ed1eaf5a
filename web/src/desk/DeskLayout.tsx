import { FileText, LogOut, Menu, Search, X } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useLocation } from 'react-router';
import type { Role } from '../gql/graphql';
import { Loading } from '../look/Loading';
import { Mark } from '../look/Mark';
import { Content, SkipLink } from '../shell/Content';
import { Keys, OPEN_COMMANDS } from '../shell/Keys';
import { LanguageSwitch } from '../shell/LanguageSwitch';
import { ThemeSwitch } from '../shell/ThemeSwitch';
import { MenuTo, To } from '../shell/To';
import { useLanguage } from '../shell/language';
import { useSession, useWho } from '../sign/session';
import { type MenuEntry, administration, entryAt, languages, opensFor, register, work } from './menu';
import { useLive } from './useLive';
import './desk.css';

/** The frame of the desk: the side bar with its sections, who works here, and the page. Whoever is not signed in is asked to. */
export default function DeskLayout(): ReactNode {
  const { t } = useTranslation(['desk', 'shell']);
  const { locale } = useLanguage();
  const { pathname, search } = useLocation();
  const { data: who, error } = useWho();
  const { signOut } = useSession();
  const fold = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  // The menu of a narrow screen is gone again once it has led somewhere.
  useEffect(() => setOpen(false), [pathname]);
  if (error) return <p role="alert" className="desk-lost">{t('shell:error.unreachable')}</p>;
  if (!who) return <Loading />;
  if (!who.account) return <Navigate to={`/${locale}/sign-in?next=${encodeURIComponent(pathname + search)}`} replace />;
  const entry = entryAt(pathname.slice(locale.length + 1));
  return (
    <div className="desk">
      <SkipLink />
      <header
        className="desk-side"
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || !isOpen) return;
          setOpen(false);
          fold.current?.focus();
        }}
      >
        <To to="/" className="desk-brand">
          <Mark />
          <strong>{t('shell:name')}</strong>
        </To>
        <button type="button" ref={fold} className="desk-fold" aria-expanded={isOpen} aria-controls="desk-menu" onClick={() => setOpen(!isOpen)}>
          {isOpen ? <X aria-hidden className="icon" /> : <Menu aria-hidden className="icon" />} {t('menu.fold')}
        </button>
        <div id="desk-menu" className={isOpen ? 'desk-menu' : 'desk-menu desk-menu-folded'}>
          <button type="button" className="desk-commands" onClick={() => dispatchEvent(new Event(OPEN_COMMANDS))}>
            <Search aria-hidden className="icon" /> {t('commands')} <kbd dir="ltr">Ctrl K</kbd>
          </button>
          <nav aria-label={t('menu.label')}>
            {work
              .filter((entry) => opensFor(entry, who.roles))
              .map(({ name, to, Icon }) => (
                <MenuTo key={name} to={to} end={to === '/desk'}>
                  <Icon aria-hidden className="icon" /> {t(`menu.${name}`)}
                </MenuTo>
              ))}
            <Guarded title="languages" pages={languages} roles={who.roles} />
            <Guarded title="administration" pages={administration} roles={who.roles} />
            <h2>{t('menu.register')}</h2>
            {register.map(({ name, to, Icon }) => (
              <MenuTo key={name} to={to}>
                <Icon aria-hidden className="icon" /> {t(`menu.${name}`)}
              </MenuTo>
            ))}
            <a href="/playground">
              <FileText aria-hidden className="icon" /> {t('menu.playground')}
            </a>
          </nav>
          <div className="desk-me">
            <MenuTo to="/desk/me">
              <bdi>{who.account.name}</bdi>
              <span className="hidden"> · {t('menu.me')}</span>
            </MenuTo>
            <span>{who.roles.map((role) => t(`role.${role}`)).join(t('comma'))}</span>
            <div className="desk-tools">
              <LanguageSwitch className="desk-tool" />
              <ThemeSwitch className="desk-tool" />
              <button type="button" className="desk-tool" onClick={() => void signOut()}>
                <LogOut aria-hidden className="icon" /> {t('signOut')}
              </button>
            </div>
          </div>
        </div>
      </header>
      <Live />
      <Keys />
      {entry && !opensFor(entry, who.roles) ? <NotYours entry={entry} /> : <Content />}
    </div>
  );
}

/** A part of the menu, with the pages that these roles may use; without any it is not there. */
function Guarded(props: { title: string; pages: readonly MenuEntry[]; roles: readonly Role[] }): ReactNode {
  const { t } = useTranslation('desk');
  const open = props.pages.filter((page) => opensFor(page, props.roles));
  if (open.length === 0) return null;
  return (
    <>
      <h2>{t(`menu.${props.title}`)}</h2>
      {open.map(({ name, to, Icon }) => (
        <MenuTo key={name} to={to}>
          <Icon aria-hidden className="icon" /> {t(`menu.${name}`)}
        </MenuTo>
      ))}
    </>
  );
}

/** A page that the roles of this person do not open: whose it is, or how to come by it. */
function NotYours(props: { entry: MenuEntry }): ReactNode {
  const { t } = useTranslation('desk');
  return (
    <main id="content" tabIndex={-1} className="desk-list">
      <header className="desk-head">
        <h1>{t('notYours.title')}</h1>
      </header>
      <p>{t([`notYours.of.${props.entry.name}`, 'notYours.text'])}</p>
      <p>
        <To to="/desk">{t('menu.day')}</To>
      </p>
    </main>
  );
}

/** Whoever is signed in follows what others change. */
function Live(): null {
  useLive();
  return null;
}
