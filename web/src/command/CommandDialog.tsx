import { type KeyboardEvent, type ReactNode, type RefObject, useDeferredValue, useId, useLayoutEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import { menu, opensFor } from '../desk/menu';
import { formOf, kindOf } from '../edit/kinds';
import { begun } from '../edit/rights';
import type { Role } from '../gql/graphql';
import { Highlight } from '../explore/highlight';
import { places, useHits } from '../explore/hits';
import { applyTheme, preferredTheme, storeTheme } from '../look/theme';
import { type Digits, storedDigits } from '../shell/format';
import { useLanguage } from '../shell/language';
import { useWho } from '../sign/session';
import { Dialog } from './Dialog';

const pages = { home: '', agreements: '/agreements', projects: '/projects', organizations: '/organizations', units: '/units', funding: '/funding', map: '/funding?view=map', data: '/data', search: '/search' } as const;

/** The pages of the desk that these roles open. */
const deskPages = (roles: readonly Role[]): { name: string; to: string }[] => [
  ...menu.flatMap(({ entries }) => entries.filter((entry) => entry.to.startsWith('/desk') && opensFor(entry, roles))),
  { name: 'me', to: '/desk/me' },
];

/** What can be chosen: a page, a record, or something to do. */
interface Command {
  key: string;
  name: ReactNode;
  /** What it is compared with as one types. */
  words: string;
  kind: string;
  /** Found for the words before; those of now are still looked for. */
  stale?: boolean;
  run: () => void;
}

/** Everything that can be reached, by a few letters: pages, records, and switches. */
export default function CommandDialog(props: { /** What was typed before the field stood; taken from there. */ early: RefObject<string | null>; onClose: () => void; onKeys: () => void }): ReactNode {
  const { t } = useTranslation(['command', 'desk']);
  const { locale } = useLanguage();
  const navigate = useNavigate();
  const { pathname, search } = useLocation();
  const { data: who } = useWho();
  const [words, setWords] = useState('');
  const [active, setActive] = useState(0);
  const { early } = props;
  useLayoutEffect(() => {
    if (early.current) setWords(early.current);
    early.current = null;
  }, [early]);
  const list = useId();
  const asked = useDeferredValue(words.trim());
  const { data, isFetching, isPlaceholderData } = useHits(asked, 8, asked.length > 1);
  const stale = isPlaceholderData || asked !== words.trim();
  const go = (to: string) => (): void => void navigate(to);
  const links = <Name extends string>(section: string, of: Record<Name, string>): Command[] =>
    (Object.keys(of) as Name[]).map((name) => ({ key: section + name, name: t(`${section}.${name}`), words: t(`${section}.${name}`), kind: t(`kind.${section}`), run: go(`/${locale}${of[name]}`) }));
  const act = (name: 'theme' | 'language' | 'digits' | 'keys', run: () => void): Command => ({ key: name, name: t(`act.${name}`), words: t(`act.${name}`), kind: t('kind.act'), run });
  const all: Command[] = [
    ...links('page', pages),
    ...(who?.account ? deskPages(who.roles).map(({ name, to }) => ({ key: to, name: t(`desk:menu.${name}`), words: t(`desk:menu.${name}`), kind: t('kind.desk'), run: go(`/${locale}${to}`) })) : []),
    ...links('entry', Object.fromEntries(begun(who).map((type) => [kindOf(type), formOf(type)]))),
    act('theme', () => {
      const next = preferredTheme() === 'dark' ? 'light' : 'dark';
      applyTheme(next);
      storeTheme(next);
    }),
    act('language', go(`/${locale === 'ar' ? 'en' : 'ar'}${pathname.replace(/^\/[^/]*/, '')}${search}`)),
    ...(locale === 'ar' ? [act('digits', turnDigits)] : []),
    act('keys', props.onKeys),
  ];
  const wanted = words.trim().toLocaleLowerCase();
  const records = asked.length > 1 ? (data?.search ?? []) : [];
  const shown: Command[] = [
    ...all.filter((command) => command.words.toLocaleLowerCase().includes(wanted)),
    ...records.flatMap((hit): Command[] =>
      hit.record ? [{ key: hit.record.id, name: <bdi lang={hit.locale ?? undefined}><Highlight text={hit.highlight} /></bdi>, words: '', kind: t(`record.${hit.kind}`), stale, run: go(`/${locale}${places[hit.kind]}${hit.record.id}`) }] : [],
    ),
  ];
  const at = Math.min(active, shown.length - 1);
  const choose = (command: Command | undefined): void => {
    if (!command) return;
    props.onClose();
    command.run();
  };
  const press = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) setActive((at + step + shown.length) % Math.max(1, shown.length));
    // Who types on and presses Enter does not mean what was found for fewer letters.
    else if (event.key === 'Enter') choose(shown[at]?.stale ? undefined : shown[at]);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog label={t('title')} onClose={props.onClose}>
      <input
        role="combobox"
        aria-expanded
        aria-controls={list}
        aria-activedescendant={shown[at] ? `${list}-${at}` : undefined}
        aria-autocomplete="list"
        aria-label={t('field')}
        placeholder={t('field')}
        autoFocus
        value={words}
        onChange={(event) => {
          setWords(event.target.value);
          setActive(0);
        }}
        onKeyDown={press}
      />
      <ul id={list} role="listbox" aria-label={t('title')}>
        {shown.map((command, index) => (
          <li key={command.key} id={`${list}-${index}`} role="option" aria-selected={index === at} className={command.stale ? 'command-stale' : undefined} ref={(item) => (index === at ? item?.scrollIntoView({ block: 'nearest' }) : undefined)} onClick={() => choose(command)}>
            <span>{command.name}</span> <small>{command.kind}</small>
          </li>
        ))}
      </ul>
      <p role="status">{shown.length === 0 && !isFetching && !stale ? t('none') : ''}</p>
    </Dialog>
  );
}

/** The other digits; the page is drawn anew with them. */
function turnDigits(): void {
  const next: Digits = storedDigits() === 'arab' ? 'latn' : 'arab';
  localStorage.setItem('taawun:digits', next);
  location.reload();
}
