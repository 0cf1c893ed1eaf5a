import { Plus } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, Suspense, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Loading } from '../look/Loading';
import { isField, singleKeysAreOn } from './keys';
import './split.css';

interface SplitProps {
  title: string;
  lead?: string;
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
  onClose: () => void;
}

/** A list with its neighbour: rows that arrows walk through, what is open beside them, and below the keys that do it. */
export function Split(props: SplitProps): ReactNode {
  const { t } = useTranslation('desk');
  const list = useRef<HTMLElement>(null);
  const peek = useRef<HTMLElement>(null);
  const { onNew, onClose } = props;
  const items = (): HTMLButtonElement[] => [...(list.current?.querySelectorAll<HTMLButtonElement>('.desk-item') ?? [])];
  const walk = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const rows = items();
    const at = rows.indexOf(document.activeElement as HTMLButtonElement);
    if (at < 0) return;
    if (event.key === 'Enter' && rows[at]?.getAttribute('aria-pressed') === 'true') peek.current?.focus();
    else if (step && rows[at + step]) {
      rows[at + step]?.focus();
      rows[at + step]?.click();
    } else return;
    event.preventDefault();
  };
  const leave = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    // Out of the item that is open, back to its row.
    const row = items().find((item) => item.getAttribute('aria-pressed') === 'true');
    if (row) row.focus();
    else onClose();
  };
  const single = (event: globalThis.KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey || isField(event.target) || !singleKeysAreOn()) return;
    const field = list.current?.querySelector<HTMLInputElement>('input[type=search]');
    if (event.key === '/' && field) field.focus();
    else if (event.code === 'KeyN' && onNew) onNew.act();
    else if (event.code === 'KeyJ' || event.code === 'KeyK') {
      const rows = items();
      const at = rows.findIndex((row) => row === document.activeElement || row.getAttribute('aria-pressed') === 'true');
      const next = rows[at + (event.code === 'KeyJ' ? 1 : -1)];
      next?.focus();
      next?.click();
    } else return;
    event.preventDefault();
  };
  useEffect(() => {
    addEventListener('keydown', single);
    return () => removeEventListener('keydown', single);
  });
  return (
    <div className={props.isWide ? 'desk-halves' : 'desk-split'}>
      <section className="desk-list desk-dated" ref={list} onKeyDown={walk} aria-busy={props.isBusy || undefined}>
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
        <p className="desk-keys">
          <kbd dir="ltr">↑ ↓</kbd> {t('keys.walk')} <kbd dir="ltr">↵</kbd> {t('keys.open')} <kbd dir="ltr">Esc</kbd> {t('keys.back')}{' '}
          {/* Named where there is a field to search in; the style sheet knows. */}
          <span className="desk-key-search">
            <kbd dir="ltr">/</kbd> {t('keys.search')}
          </span>
        </p>
      </section>
      <aside className={props.isWide ? 'desk-open' : 'desk-peek'} aria-label={t('preview')} ref={peek} tabIndex={-1} onKeyDown={leave}>
        {/* Texts that are fetched for what is open must not take the list, and with it the focus, away. */}
        <Suspense fallback={<Loading />}>{props.peek ?? <p className="desk-none">{props.choose}</p>}</Suspense>
      </aside>
    </div>
  );
}
