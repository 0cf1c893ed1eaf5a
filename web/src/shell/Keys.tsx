import { type ReactNode, Suspense, lazy, useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { hasSingleKeys, isTyping } from './keys';
import { useLanguage } from './language';

// Fetched when somebody first asks for it.
const CommandDialog = lazy(() => import('../command/CommandDialog'));
const KeysDialog = lazy(() => import('../command/KeysDialog'));

/** What J and K walk through: the rows of the list on the page. */
const ROWS = 'main .desk-item, main tbody th a, main .explore-hits a';

/** The event by which any button opens the commands. */
export const OPEN_COMMANDS = 'taawun:commands';

/** The keys of every page: Ctrl K for commands, ? for the list of keys, / for the search, J and K for rows, and the letter that a button names. */
export function Keys(): ReactNode {
  const [open, setOpen] = useState<'commands' | 'keys' | null>(null);
  // What is typed between the asking for the commands and their standing there: it is meant for their field.
  const early = useRef<string | null>(null);
  const navigate = useNavigate();
  const { locale } = useLanguage();
  useEffect(() => {
    const commands = (): void => {
      early.current ??= '';
      setOpen('commands');
    };
    const search = (): void => {
      const field = document.querySelector<HTMLInputElement>('main input[type=search]');
      if (field) field.focus();
      else void navigate(`/${locale}/search`);
    };
    const press = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.altKey || document.querySelector('dialog[open]')) return;
      if (early.current !== null && !event.ctrlKey && !event.metaKey) {
        if (event.key === 'Escape') {
          early.current = null;
          setOpen(null);
        } else if (event.key === 'Backspace') early.current = early.current.slice(0, -1);
        else if (event.key.length === 1) early.current += event.key;
        // Nothing that is pressed meanwhile is for the page behind.
        return event.preventDefault();
      }
      // By its place on the keyboard, so that it works while Arabic is written.
      if ((event.ctrlKey || event.metaKey) && event.code === 'KeyK') commands();
      else if (event.ctrlKey || event.metaKey || !hasSingleKeys() || isTyping(event.target)) return;
      else if (event.key === '?' || event.key === '؟') setOpen('keys');
      else if (event.code === 'Slash') search();
      else if (event.code === 'KeyJ' || event.code === 'KeyK') walk(event.code === 'KeyJ' ? 1 : -1);
      else if (!event.shiftKey && /^Key[A-Z]$/.test(event.code)) {
        const button = document.querySelector<HTMLElement>(`:is(main, .desk-top) [aria-keyshortcuts="${event.code.slice(3)}"]:not(:disabled)`);
        if (!button) return;
        // What changes something waits for the Enter key: a letter is soon pressed by mistake.
        if (button instanceof HTMLAnchorElement) button.click();
        else if (button instanceof HTMLElement && button.tagName === 'SUMMARY') {
          button.click();
          button.parentElement?.querySelector('a')?.focus();
        } else button.focus();
      } else return;
      event.preventDefault();
    };
    addEventListener('keydown', press);
    addEventListener(OPEN_COMMANDS, commands);
    return () => {
      removeEventListener('keydown', press);
      removeEventListener(OPEN_COMMANDS, commands);
    };
  }, [navigate, locale]);
  const close = (): void => setOpen(null);
  return (
    <Suspense fallback={null}>
      {open === 'commands' && <CommandDialog early={early} onClose={close} onKeys={() => setOpen('keys')} />}
      {open === 'keys' && <KeysDialog onClose={close} />}
    </Suspense>
  );
}

/** Goes to the next row or the one before; a row that opens beside its list is opened. */
function walk(step: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>(ROWS)];
  const at = rows.findIndex((row) => row === document.activeElement || row.getAttribute('aria-pressed') === 'true');
  const row = rows[at < 0 ? 0 : Math.max(0, Math.min(rows.length - 1, at + step))];
  row?.focus();
  if (row instanceof HTMLButtonElement && row.getAttribute('aria-pressed') !== 'true') row.click();
}
