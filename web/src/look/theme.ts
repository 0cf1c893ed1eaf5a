/** Light or dark. */
export type Theme = 'light' | 'dark';

const STORAGE_KEY = 'taawun:theme';

/** The theme a visitor chose, or the one their system asks for. */
export function preferredTheme(): Theme {
  const stored = localStorage.getItem(STORAGE_KEY);
  if (stored === 'light' || stored === 'dark') return stored;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

/** Puts a theme on the document; everything else follows from the tokens. */
export function applyTheme(theme: Theme): void {
  document.documentElement.dataset['theme'] = theme;
}

/** Remembers the choice of a visitor. */
export function storeTheme(theme: Theme): void {
  localStorage.setItem(STORAGE_KEY, theme);
}

/** Paper is white, whatever the screen: while a page is printed it is light. */
export function lightOnPaper(): void {
  matchMedia('print').addEventListener('change', (print) => applyTheme(print.matches ? 'light' : preferredTheme()));
}
