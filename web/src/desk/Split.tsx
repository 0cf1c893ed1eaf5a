import { Plus } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, Suspense, useEffect, useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Loading } from '../look/Loading';
import { hasSingleKeys, isTyping } from '../shell/keys';
import { walk } from './walk';
import './split.css';

/** A key that does something on a page, and the name of it in the texts of the desk. */
export interface NamedKey {
  key: string;
  name: string;
}

interface SplitProps {
  title: string;
  lead?: ReactNode;
  /** How many there are of what is shown; said when it changes. */
  count?: string;
  /** What stands above the list: filters, and a field to search in. */
  tools?: ReactNode;
  /** Enters a new item; absent where one may not. */
  onNew?: { name: string; act: () => void };
  /** While other rows are under way the old ones stay, paler. */
  isBusy?: boolean;
  list: ReactNode;
  /** What is open beside the list; null while nothing is. */
  peek: ReactNode;
  choose: string;
  /** What is open takes more room than a preview. */
  isWide?: boolean;
  /** Keys beside those of every list. */
  keys?: readonly NamedKey[];
  onClose: () => void;
}

/** A list with its neighbour: rows that keys walk through, what is open beside them, and below the keys that do it. */
export function Split(props: SplitProps): ReactNode {
  const { t } = useTranslation('desk');
  const list = useRef<HTMLElement>(null);
  const peek = useRef<HTMLElement>(null);
  const place = useRef<{ at: number; element: Element | null; wasOpen: boolean }>({ at: 0, element: null, wasOpen: false });
  const { onNew, onClose } = props;
  const items = (): HTMLElement[] => [...(list.current?.querySelectorAll<HTMLElement>('.desk-item') ?? [])];
  const isOpen = (row: Element): boolean => row.getAttribute('aria-pressed') === 'true';
  const press = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.key === 'Enter' && document.activeElement?.matches('.desk-item[aria-pressed=true]')) {
      event.preventDefault();
      peek.current?.focus();
    } else walk(event);
  };
  const leave = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    // Out of the item that is open, back to its row.
    const row = items().find(isOpen);
    if (row) row.focus();
    else onClose();
  };
  // What was decided takes away what was open, then its row, and the focus with them: whoever worked there goes on at the same place of the list.
  useLayoutEffect(() => {
    const rows = items();
    const { at, element, wasOpen } = place.current;
    const open = rows.findIndex(isOpen);
    const isLost = document.activeElement === null || document.activeElement === document.body;
    if (isLost && ((element && !element.isConnected) || (wasOpen && open < 0))) (rows[Math.min(at, rows.length - 1)] ?? list.current)?.focus();
    const active = document.activeElement;
    const isInside = list.current?.contains(active) || peek.current?.contains(active);
    const row = rows.findIndex((one) => one === active);
    place.current = { at: open >= 0 ? open : row >= 0 ? row : at, element: isInside ? active : active === document.body ? element : null, wasOpen: open >= 0 };
  });
  const single = (event: globalThis.KeyboardEvent): void => {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target) || !hasSingleKeys()) return;
    if (event.code !== 'KeyN' || !onNew) return;
    onNew.act();
    event.preventDefault();
  };
  useEffect(() => {
    addEventListener('keydown', single);
    return () => removeEventListener('keydown', single);
  });
  return (
    <div className={props.isWide ? 'desk-halves' : 'desk-split'}>
      <section className="desk-list desk-dated" ref={list} tabIndex={-1} aria-label={props.title} onKeyDown={press} aria-busy={props.isBusy || undefined}>
        <header className="desk-head">
          <h1>{props.title}</h1>
          {props.lead && <span>{props.lead}</span>}
          {props.count && <span role="status">{props.count}</span>}
          {onNew && (
            <button type="button" className="look-button desk-new" onClick={onNew.act}>
              <Plus aria-hidden className="icon" /> {onNew.name} <kbd dir="ltr">N</kbd>
            </button>
          )}
        </header>
        {props.tools && <div className="desk-tools-row look-inputs">{props.tools}</div>}
        {props.list}
      </section>
      <aside className={props.isWide ? 'desk-open' : 'desk-peek'} aria-label={t('preview')} ref={peek} tabIndex={-1} onKeyDown={leave}>
        {/* Texts that are fetched for what is open must not take the list, and with it the focus, away. */}
        <Suspense fallback={<Loading />}>{props.peek ?? <p className="desk-none">{props.choose}</p>}</Suspense>
      </aside>
      <p className="desk-keys">
        <Key keys={['J', 'K']} name="walk" />
        <Key keys={['↵']} name="open" />
        <Key keys={['Esc']} name="back" />
        {props.keys?.map(({ key, name }) => (
          <Key key={key} keys={[key]} name={name} />
        ))}
        {/* Named where there is a field to search in; the style sheet knows. */}
        <Key className="desk-key-search" keys={['/']} name="search" />
        <Key keys={['?']} name="all" />
      </p>
    </div>
  );
}

function Key(props: { keys: readonly string[]; name: string; className?: string }): ReactNode {
  const { t } = useTranslation('desk');
  return (
    <span className={props.className}>
      {props.keys.map((key) => (
        <kbd key={key} dir="ltr">
          {key}
        </kbd>
      ))}{' '}
      {t(`keys.${props.name}`)}
    </span>
  );
}
