import { useGraphiQL, useGraphiQLActions, useMonaco } from '@graphiql/react';
import { type CSSProperties, type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { defineEditorTheme, editorOptions } from './editorTheme';
import type { GraphQLAnswer } from '../graph/endpoint';
import { Header } from './Header';
import { CloseIcon, WarningIcon } from './icons';
import { QueryPane } from './QueryPane';
import { ResultPane } from './ResultPane';
import { fromFragment, isSharedFragment } from './share';
import { SidePanel } from './SidePanel';
import { Splitter } from './Splitter';
import { TabStrip } from './TabStrip';
import { type Theme, applyTheme, storeTheme } from '../look/theme';
import { useTabs } from './useTabs';

/** What a narrow screen shows of the two panes. */
export type View = 'query' | 'result';

/** Header, rail, side panel, tabs, query and result. */
export function Workbench(props: { answer: GraphQLAnswer | null; initialTheme: Theme; linkDamaged: boolean }): ReactNode {
  const { t } = useTranslation();
  const [theme, setTheme] = useState(props.initialTheme);
  const [damaged, setDamaged] = useState(props.linkDamaged);
  const [view, setView] = useState<View>('query');
  const [panelWidth, setPanelWidth] = useState(320);
  const [resultShare, setResultShare] = useState(50);
  const isFetching = useGraphiQL((state) => state.isFetching);
  const { setTheme: setEditorTheme } = useGraphiQLActions();
  const { open } = useTabs();
  useEditors(theme);

  useEffect(() => {
    if (isFetching) setView('result');
  }, [isFetching]);

  useEffect(() => {
    const openShared = (): void => {
      if (!isSharedFragment(location.hash)) return;
      const shared = fromFragment(location.hash);
      history.replaceState(null, '', location.pathname + location.search);
      setDamaged(shared === null);
      if (shared) open(shared.query, shared.variables);
    };
    window.addEventListener('hashchange', openShared);
    return () => window.removeEventListener('hashchange', openShared);
  }, [open]);

  const switchTheme = (): void => {
    const next = theme === 'dark' ? 'light' : 'dark';
    applyTheme(next);
    storeTheme(next);
    setTheme(next);
    setEditorTheme(next);
  };

  return (
    <>
      <a className="skip" href="#query">
        {t('skip')}
      </a>
      <Header theme={theme} onSwitchTheme={switchTheme} />
      {damaged && (
        <div className="notice" role="alert">
          <WarningIcon />
          <span>{t('notice.damaged')}</span>
          <button type="button" className="quiet" aria-label={t('notice.close')} onClick={() => setDamaged(false)}>
            <CloseIcon />
          </button>
        </div>
      )}
      <div className="graphiql-container workbench" style={{ '--panel': `${panelWidth}px` } as CSSProperties}>
        <SidePanel width={panelWidth} onResize={setPanelWidth} />
        <main className="desk" data-view={view} style={{ '--result': `${resultShare}fr`, '--query': `${100 - resultShare}fr` } as CSSProperties}>
          <TabStrip />
          <div className="views" role="group" aria-label={t('views.label')}>
            <button type="button" aria-pressed={view === 'query'} onClick={() => setView('query')}>
              {t('views.query')}
            </button>
            <button type="button" aria-pressed={view === 'result'} onClick={() => setView('result')}>
              {t('views.result')}
            </button>
          </div>
          <QueryPane />
          <Splitter
            label={t('splitter.result')}
            orientation="vertical"
            value={resultShare}
            min={20}
            max={80}
            onMove={(x, _, size) => setResultShare((share) => share - (x / size) * 100)}
            onSet={setResultShare}
          />
          <ResultPane answer={props.answer} />
        </main>
      </div>
    </>
  );
}

/** Gives every code editor our fonts and colours, whatever the theme is. */
function useEditors(theme: Theme): void {
  const monaco = useMonaco((state) => state.monaco);
  const queryEditor = useGraphiQL((state) => state.queryEditor);
  const variableEditor = useGraphiQL((state) => state.variableEditor);
  const headerEditor = useGraphiQL((state) => state.headerEditor);
  const responseEditor = useGraphiQL((state) => state.responseEditor);
  const { setTheme } = useGraphiQLActions();

  useEffect(() => {
    for (const editor of [queryEditor, variableEditor, headerEditor, responseEditor]) editor?.updateOptions(editorOptions);
    queryEditor?.updateOptions({ lineNumbersMinChars: 3 });
    responseEditor?.updateOptions({ folding: true, lineDecorationsWidth: 6 });
  }, [queryEditor, variableEditor, headerEditor, responseEditor]);

  useEffect(() => {
    if (!monaco) return;
    defineEditorTheme(monaco, theme);
    setTheme(theme);
    // Widths of letters are measured once, and lines broken by them: measure again when the fonts have arrived.
    const fonts = [document.fonts.load("13.5px 'Plex Mono'"), document.fonts.load("13.5px 'Plex Arabic'", 'ت')];
    void Promise.allSettled(fonts).then(() => monaco.editor.remeasureFonts());
  }, [monaco, theme, setTheme]);
}
