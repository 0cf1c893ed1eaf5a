import { DOC_EXPLORER_PLUGIN, DocExplorerStore } from '@graphiql/plugin-doc-explorer';
import { explorerPlugin } from '@graphiql/plugin-explorer';
import { HISTORY_PLUGIN, HistoryStore } from '@graphiql/plugin-history';
import { GraphiQLProvider, Tooltip } from '@graphiql/react';
import { type ReactNode, useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { GraphQLAnswer } from '../graph/endpoint';
import { editorThemes } from './editorTheme';
import { openedAtFirst } from './examples';
import { createFetcher } from './fetcher';
import { EXAMPLES_PLUGIN, panelLiesOver } from './panels';
import { fromFragment, isSharedFragment } from './share';
import type { Theme } from '../look/theme';
import { Workbench } from './Workbench';

const plugins = [EXAMPLES_PLUGIN, DOC_EXPLORER_PLUGIN, explorerPlugin(), HISTORY_PLUGIN];
const firstTabs = openedAtFirst.map((example) => ({ query: example.query }));

/** The whole page: GraphiQL's state around our own workbench. A shared operation in the address opens as a tab. */
export function Playground(props: { initialTheme: Theme }): ReactNode {
  const { i18n } = useTranslation();
  const [answer, setAnswer] = useState<GraphQLAnswer | null>(null);
  const [address] = useState(() => {
    const fragment = location.hash;
    if (!isSharedFragment(fragment)) return { shared: null, damaged: false };
    // The address stands for what was shared, not for what is typed from here on.
    history.replaceState(null, '', location.pathname + location.search);
    const shared = fromFragment(fragment);
    return { shared, damaged: shared === null };
  });
  const language = useCallback(() => i18n.language, [i18n]);
  const [firstPanel] = useState(() => (panelLiesOver() ? {} : { visiblePlugin: EXAMPLES_PLUGIN.title }));
  const fetcher = useMemo(() => createFetcher(language, setAnswer), [language]);
  const { shared } = address;
  return (
    <GraphiQLProvider
      fetcher={fetcher}
      plugins={plugins}
      referencePlugin={DOC_EXPLORER_PLUGIN}
      defaultQuery=""
      defaultTabs={shared ? [shared] : firstTabs}
      {...firstPanel}
      {...(shared ? { initialQuery: shared.query, initialVariables: shared.variables } : {})}
      defaultTheme={props.initialTheme}
      editorTheme={editorThemes}
      shouldPersistHeaders={false}
      schemaDescription
    >
      <HistoryStore maxHistoryLength={50}>
        <DocExplorerStore>
          <Tooltip.Provider>
            <Workbench answer={answer} initialTheme={props.initialTheme} linkDamaged={address.damaged} />
          </Tooltip.Provider>
        </DocExplorerStore>
      </HistoryStore>
    </GraphiQLProvider>
  );
}
