import { useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { useCallback } from 'react';

/** An open tab, as far as the page asks. */
export interface Tab {
  id: string;
  /** Name of its operation, or what GraphiQL calls a tab without one. */
  title: string;
  query: string | null;
  variables?: string | null;
  operationName: string | null;
}

/** The open tabs, and one way to open an operation in a tab of its own. */
export function useTabs(): { tabs: Tab[]; activeIndex: number; active: Tab | undefined; open: (query: string, variables: string) => void } {
  const tabs = useGraphiQL((state) => state.tabs);
  const activeIndex = useGraphiQL((state) => state.activeTabIndex);
  const queryEditor = useGraphiQL((state) => state.queryEditor);
  const variableEditor = useGraphiQL((state) => state.variableEditor);
  const { addTab, changeTab } = useGraphiQLActions();
  const open = useCallback(
    (query: string, variables: string) => {
      const existing = tabs.findIndex((tab) => tab.query === query && (tab.variables ?? '') === variables);
      if (existing >= 0) {
        if (existing !== activeIndex) changeTab(existing);
        return;
      }
      // An empty tab is taken rather than left lying about.
      if (queryEditor?.getValue().trim()) addTab();
      queryEditor?.setValue(query);
      variableEditor?.setValue(variables);
    },
    [tabs, activeIndex, queryEditor, variableEditor, addTab, changeTab],
  );
  return { tabs, activeIndex, active: tabs[activeIndex], open };
}
