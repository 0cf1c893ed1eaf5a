import { type GraphiQLPlugin, useGraphiQLActions } from '@graphiql/react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Language } from '../i18n';
import { examples } from './examples';
import { BookIcon, BulbIcon, HistoryIcon, TreeIcon } from './icons';
import { useTabs } from './useTabs';

/** The side panel with the ready-made operations. Its title is its key; readers see the words of their language. */
export const EXAMPLES_PLUGIN: GraphiQLPlugin = { title: 'Examples', icon: BulbIcon, content: ExamplesPanel };

/** On narrow screens the side panel lies over the desk, so it starts closed there and leaves when it has served. */
export function panelLiesOver(): boolean {
  return matchMedia('(max-width: 1120px)').matches;
}

/** How the rail shows the panels: GraphiQL's key, our word and picture. */
export const rail = [
  { title: EXAMPLES_PLUGIN.title, word: 'rail.examples', Icon: BulbIcon },
  { title: 'Documentation Explorer', word: 'rail.docs', Icon: BookIcon },
  { title: 'GraphiQL Explorer', word: 'rail.explorer', Icon: TreeIcon },
  { title: 'History', word: 'rail.history', Icon: HistoryIcon },
] as const;

function ExamplesPanel(): ReactNode {
  const { t, i18n } = useTranslation();
  const { active, open } = useTabs();
  const { setVisiblePlugin } = useGraphiQLActions();
  const language = i18n.language as Language;
  const choose = (query: string): void => {
    open(query, '');
    if (panelLiesOver()) setVisiblePlugin(null);
  };
  return (
    <>
      <p className="panel-note">{t('examples.intro')}</p>
      <ul className="examples">
        {examples.map((example) => {
          const current = active?.query === example.query;
          return (
            <li key={example.id}>
              <button type="button" className="example" aria-current={current} onClick={() => choose(example.query)}>
                <span className="example-title">{example.title[language]}</span>
                <span className="example-text">
                  {current && <span className="example-open">{t('examples.open')} · </span>}
                  {example.description[language]}
                </span>
              </button>
            </li>
          );
        })}
      </ul>
    </>
  );
}
