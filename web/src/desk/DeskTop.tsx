import { CircleCheck, Plus, Search } from 'lucide-react';
import { type ReactNode, Suspense, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import { type RecordType, formOf, kindOf } from '../edit/kinds';
import { begun } from '../edit/rights';
import { Bell } from '../notices/Bell';
import { OPEN_COMMANDS } from '../shell/Keys';
import { LanguageSwitch } from '../shell/LanguageSwitch';
import { ThemeSwitch } from '../shell/ThemeSwitch';
import { To } from '../shell/To';
import type { Who } from '../sign/session';
import './top.css';

/** The bar above the page: find or do something, whether the connection stands, what concerns one, language, light, and what can be begun. */
export function DeskTop(props: { isOnline: boolean; who: Who }): ReactNode {
  const { t } = useTranslation('desk');
  const types = begun(props.who);
  return (
    <div className="desk-top">
      <button type="button" className="desk-find" onClick={() => dispatchEvent(new Event(OPEN_COMMANDS))}>
        <Search aria-hidden className="icon" /> {t('commands')} <kbd dir="ltr">Ctrl K</kbd>
      </button>
      <span className="desk-connection">
        {props.isOnline && (
          <>
            <CircleCheck aria-hidden size={16} /> {t('connection.online')}
          </>
        )}
      </span>
      <Suspense fallback={null}>
        <Bell className="notices-wide" />
      </Suspense>
      <LanguageSwitch className="desk-top-tool" />
      <ThemeSwitch className="desk-top-tool" />
      {types.length > 0 && <New types={types} />}
    </div>
  );
}

/** What can be begun: a menu that opens by its key, and closes once it has led somewhere. */
function New(props: { types: readonly RecordType[] }): ReactNode {
  const { t } = useTranslation('desk');
  const { pathname } = useLocation();
  const menu = useRef<HTMLDetailsElement>(null);
  const close = (): void => {
    if (menu.current) menu.current.open = false;
  };
  useEffect(close, [pathname]);
  return (
    <details
      ref={menu}
      className="desk-begin"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        close();
        menu.current?.querySelector('summary')?.focus();
      }}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) close();
      }}
    >
      <summary className="look-button look-button-main" aria-keyshortcuts="C">
        <Plus aria-hidden className="icon" /> {t('begin')} <kbd dir="ltr">C</kbd>
      </summary>
      <ul>
        {props.types.map((type) => (
          <li key={type}>
            <To to={formOf(type)}>{t(`new.${kindOf(type)}`)}</To>
          </li>
        ))}
      </ul>
    </details>
  );
}
