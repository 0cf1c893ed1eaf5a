import type * as Monaco from 'monaco-editor';
import type { Theme } from '../look/theme';

/** Names of our themes of the code editor. */
export const editorThemes: Record<Theme, string> = { light: 'taawun-light', dark: 'taawun-dark' };

/** Defines the editor's theme from the design tokens that are in force now. */
export function defineEditorTheme(monaco: typeof Monaco, theme: Theme): void {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string): string => longHex(style.getPropertyValue(name).trim());
  const ink = (name: string): string => token(name).replace('#', '');
  monaco.editor.defineTheme(editorThemes[theme], {
    base: theme === 'dark' ? 'vs-dark' : 'vs',
    inherit: true,
    rules: [
      { token: '', foreground: ink('--text') },
      { token: 'keyword', foreground: ink('--code-keyword') },
      { token: 'key.identifier.gql', foreground: ink('--text') },
      { token: 'argument.identifier.gql', foreground: ink('--code-variable') },
      { token: 'type.identifier.gql', foreground: ink('--code-number') },
      { token: 'annotation.gql', foreground: ink('--code-variable') },
      { token: 'string', foreground: ink('--code-string') },
      { token: 'string.key.json', foreground: ink('--code-key') },
      { token: 'string.value.json', foreground: ink('--code-string') },
      { token: 'number', foreground: ink('--code-number') },
      { token: 'comment', foreground: ink('--code-comment') },
      { token: 'delimiter', foreground: ink('--text-3') },
    ],
    colors: {
      'editor.background': token('--surface'),
      'editor.foreground': token('--text'),
      'editorLineNumber.foreground': token('--text-3'),
      'editorLineNumber.activeForeground': token('--text'),
      'editor.selectionBackground': token('--mark'),
      'editor.inactiveSelectionBackground': token('--surface-selected'),
      'editorBracketMatch.background': token('--surface-selected'),
      'editorBracketMatch.border': token('--border-strong'),
      // Brackets are marks, not meaning: one quiet colour at every depth.
      ...Object.fromEntries([1, 2, 3, 4, 5, 6].map((depth) => [`editorBracketHighlight.foreground${depth}`, token('--text-3')])),
      'editorCursor.foreground': token('--accent'),
      'editorWidget.background': token('--surface'),
      'editorWidget.foreground': token('--text'),
      'editorWidget.border': token('--border'),
      'editorHoverWidget.background': token('--surface'),
      'editorHoverWidget.border': token('--border'),
      'editorSuggestWidget.background': token('--surface'),
      'editorSuggestWidget.border': token('--border'),
      'editorSuggestWidget.foreground': token('--text'),
      'editorSuggestWidget.selectedBackground': token('--surface-selected'),
      'editorSuggestWidget.selectedForeground': token('--text'),
      'editorSuggestWidget.highlightForeground': token('--link'),
      'editorSuggestWidget.focusHighlightForeground': token('--link'),
      'textLink.foreground': token('--link'),
      'textLink.activeForeground': token('--link-hover'),
      focusBorder: token('--focus'),
      'input.background': token('--surface-sunken'),
      'input.foreground': token('--text'),
      'quickInput.background': token('--surface'),
      'quickInput.foreground': token('--text'),
      'list.hoverBackground': token('--surface-hover'),
      'list.focusBackground': token('--surface-selected'),
      'scrollbar.shadow': token('--border'),
      'scrollbarSlider.background': token('--border-strong') + '55',
      'scrollbarSlider.hoverBackground': token('--border-strong') + '88',
      'scrollbarSlider.activeBackground': token('--border-strong') + 'aa',
    },
  });
}

/** #fff as #ffffff: style sheets are written short, and the editor reads long colours only. */
function longHex(colour: string): string {
  return colour.length === 4 ? '#' + [...colour.slice(1)].map((digit) => digit + digit).join('') : colour;
}

/** Settings of every code editor of the page: the identity's fonts, and Arabic that is not suspected of being a forgery. */
export const editorOptions: Monaco.editor.IEditorOptions = {
  fontFamily: "'Plex Mono', 'Plex Arabic', monospace",
  fontSize: 13.5,
  lineHeight: 22,
  fontLigatures: false,
  padding: { top: 12, bottom: 12 },
  renderLineHighlight: 'none',
  // Arabic letters resemble Latin ones to the editor's detector, which would frame nearly every word.
  unicodeHighlight: { ambiguousCharacters: false, invisibleCharacters: false, nonBasicASCII: false },
  scrollbar: { verticalScrollbarSize: 10, horizontalScrollbarSize: 10 },
  guides: { indentation: false, bracketPairs: false },
  wordWrap: 'on',
  wrappingIndent: 'indent',
};
