import { Moon, Sun } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { applyTheme, preferredTheme, storeTheme } from '../look/theme';

/** Turns light to dark and back, and remembers it. */
export function ThemeSwitch(props: { className: string }): ReactNode {
  const { t } = useTranslation('shell');
  const [theme, setTheme] = useState(preferredTheme);
  const turn = (): void => {
    const next = theme === 'dark' ? 'light' : 'dark';
    applyTheme(next);
    storeTheme(next);
    setTheme(next);
  };
  return (
    <button type="button" className={props.className} onClick={turn} aria-label={t(theme === 'dark' ? 'tools.light' : 'tools.dark')}>
      {theme === 'dark' ? <Sun aria-hidden className="icon" /> : <Moon aria-hidden className="icon" />}
    </button>
  );
}
