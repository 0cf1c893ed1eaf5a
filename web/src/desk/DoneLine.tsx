import { Undo2, X } from 'lucide-react';
import { type ReactNode, useEffect, useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import { useChange } from '../graph/useChange';
import { hasSingleKeys, isTyping } from '../shell/keys';
import { type Done, endNews, tellDone, useDone } from './done';
import { useTouch } from './useLive';
import './done.css';

/** How long the server lets a step be taken back, in milliseconds. */
const HOUR_MS = 3_600_000;

/** The line below the page that says what was done last, with a way to take it back for as long as there is one. */
export function DoneLine(props: { /** The account at work: what another did at this desk is not its to take back. */ account: string }): ReactNode {
  const { t } = useTranslation('desk');
  const done = useDone();
  const { pathname } = useLocation();
  const line = useRef<HTMLElement>(null);
  useEffect(() => () => tellDone(null), [props.account]);
  useEffect(() => endNews, [pathname]);
  // What reaches to the lower edge of the window ends above the line, which may be of one row or of several.
  useLayoutEffect(() => {
    const [bar, desk] = [line.current, line.current?.closest<HTMLElement>('.desk')];
    if (!bar || !desk) return undefined;
    const watch = new ResizeObserver(() => desk.style.setProperty('--desk-done', `${bar.offsetHeight}px`));
    watch.observe(bar);
    return () => watch.disconnect();
  }, []);
  useEffect(() => {
    if (!done) return undefined;
    const timer = setTimeout(() => tellDone(null), HOUR_MS);
    return () => clearTimeout(timer);
  }, [done]);
  return (
    <section className={done ? 'desk-done' : undefined} aria-label={t('done.label')} ref={line} tabIndex={-1}>
      {/* Stands before anything is told: only so is it read aloud. */}
      <div role="status">{done && <Told key={`${done.name} ${done.what}`} done={done} account={props.account} onPress={() => line.current?.focus()} />}</div>
      {done && (
        <button type="button" className="desk-close" aria-label={t('done.dismiss')} onClick={() => tellDone(null)}>
          <X aria-hidden className="icon" />
        </button>
      )}
    </section>
  );
}

function Told(props: { done: Done; account: string; onPress: () => void }): ReactNode {
  const { t } = useTranslation('desk');
  const { undo, ...done } = props.done;
  const touch = useTouch(done.subject);
  const before = useRef(touch);
  const isLate = undo !== undefined && touch !== before.current && touch?.account !== props.account;
  const back = useChange(async () => (await undo?.()) ?? { userErrors: [] }, {
    onTaken: () => tellDone({ ...done, isUndone: true }),
  });
  const mayUndo = undo !== undefined && !isLate;
  const { send } = back;
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (!mayUndo || event.code !== 'KeyZ' || event.ctrlKey || event.metaKey || event.shiftKey || event.defaultPrevented || document.querySelector('dialog[open]')) return;
      // Held with Alt it works in fields, where the letter alone is text, and for those who have switched single keys off.
      if (!event.altKey && (!hasSingleKeys() || isTyping(event.target))) return;
      send(undefined);
      event.preventDefault();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  });
  return (
    <>
      {/* The name comes in either direction. */}
      <span>
        {t(`${done.isUndone ? 'undone' : 'done'}.${done.name}`, { what: `\u2068${done.what}\u2069`, state: done.state })} {isLate && t('done.late')}
      </span>
      {back.wrong.length > 0 && (
        <strong>
          {t('done.failed')} {back.wrong.join(' ')}
        </strong>
      )}
      {mayUndo && (
        <button
          type="button"
          className="look-button"
          aria-keyshortcuts="Z Alt+Z"
          disabled={back.isPending}
          onClick={() => {
            // The button that was pressed goes away.
            props.onPress();
            send(undefined);
          }}
        >
          <Undo2 aria-hidden className="icon" /> {t('done.undo')} <kbd dir="ltr">{hasSingleKeys() ? 'Z' : 'Alt Z'}</kbd>
        </button>
      )}
    </>
  );
}
