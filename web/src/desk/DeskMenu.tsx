import { FileText, LogOut, Menu, Search, X } from 'lucide-react';
import { type ReactNode, Suspense, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import type { Role } from '../gql/graphql';
import { Mark } from '../look/Mark';
import { Bell } from '../notices/Bell';
import { OPEN_COMMANDS } from '../shell/Keys';
import { LanguageSwitch } from '../shell/LanguageSwitch';
import { ThemeSwitch } from '../shell/ThemeSwitch';
import { MenuTo, To } from '../shell/To';
import { useFormat } from '../shell/format';
import { useSession } from '../sign/session';
import { type MenuEntry, menu, opensFor } from './menu';
import { useMenuCounts } from './useWorkCounts';
import './menu.css';

/** The side bar: where one can go, how much waits there, and who works here. On a narrow screen a button opens it. */
export function DeskMenu(props: { name: string; roles: readonly Role[] }): ReactNode {
  const { t } = useTranslation(['desk', 'shell']);
  const { pathname } = useLocation();
  const { signOut } = useSession();
  const fold = useRef<HTMLButtonElement>(null);
  const pages = useRef<HTMLElement>(null);
  const [isOpen, setOpen] = useState(false);
  const counts = useMenuCounts(props.roles);
  const roles = props.roles.map((role) => t(`role.${role}`)).join(t('comma'));
  // The menu of a narrow screen is gone again once it has led somewhere.
  useEffect(() => setOpen(false), [pathname]);
  // Where the menu is longer than the window, the page one is on stays in sight.
  useEffect(() => pages.current?.querySelector('[aria-current=page]')?.scrollIntoView({ block: 'nearest' }), [pathname]);
  return (
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
      <Suspense fallback={null}>
        <Bell className="notices-narrow" />
      </Suspense>
      <button type="button" ref={fold} className="desk-fold" aria-expanded={isOpen} aria-controls="desk-menu" onClick={() => setOpen(!isOpen)}>
        {isOpen ? <X aria-hidden className="icon" /> : <Menu aria-hidden className="icon" />} {t('menu.fold')}
      </button>
      <div id="desk-menu" className={isOpen ? 'desk-menu' : 'desk-menu desk-menu-folded'}>
        <button type="button" className="desk-commands" onClick={() => dispatchEvent(new Event(OPEN_COMMANDS))}>
          <Search aria-hidden className="icon" /> {t('commands')}
        </button>
        <nav ref={pages} aria-label={t('menu.label')}>
          {menu.map(({ name, entries }) => {
            const open = entries.filter((entry) => opensFor(entry, props.roles));
            if (open.length === 0) return null;
            return (
              <div key={name} className="desk-part">
                {name !== 'work' && <h2>{t(`part.${name}`)}</h2>}
                {open.map((entry) => (
                  <Entry key={entry.name} entry={entry} count={counts[entry.name] ?? 0} />
                ))}
                {name === 'administration' && <Playground />}
              </div>
            );
          })}
          {!menu.some(({ name, entries }) => name === 'administration' && entries.some((entry) => opensFor(entry, props.roles))) && <Playground />}
        </nav>
        <div className="desk-me">
          <MenuTo to="/desk/me">
            <bdi>{props.name}</bdi>
            <span className="hidden"> · {t('menu.me')}</span>
          </MenuTo>
          <span title={roles}>{roles}</span>
          <div className="desk-tools">
            <LanguageSwitch className="desk-tool desk-tool-narrow" />
            <ThemeSwitch className="desk-tool desk-tool-narrow" />
            <button type="button" className="desk-tool" onClick={() => void signOut()}>
              <LogOut aria-hidden className="icon" /> {t('signOut')}
            </button>
          </div>
        </div>
      </div>
    </header>
  );
}

/** A page, and how much waits there; what is late stands out. */
function Entry(props: { entry: MenuEntry; count: number }): ReactNode {
  const { t } = useTranslation('desk');
  const format = useFormat();
  const { name, to, Icon } = props.entry;
  return (
    <MenuTo to={to} end={to === '/desk'} title={t(`menu.${name}`)}>
      <Icon aria-hidden className="icon" /> <span className="desk-label">{t(`menu.${name}`)}</span>
      {props.count > 0 && (
        <span className={name === 'day' ? 'desk-count desk-count-late' : 'desk-count'} title={t(`waits.${name}`)} aria-hidden>
          {format.number(props.count)}
        </span>
      )}
    </MenuTo>
  );
}

function Playground(): ReactNode {
  const { t } = useTranslation('desk');
  return (
    <a href="/playground" title={t('menu.playground')}>
      <FileText aria-hidden className="icon" /> <span className="desk-label">{t('menu.playground')}</span>
    </a>
  );
}
