import { useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CloseIcon } from './icons';
import { EXAMPLES_PLUGIN, rail } from './panels';
import { Splitter } from './Splitter';

/** The rail of tools and, beside it, the tool that is open. */
export function SidePanel(props: { width: number; onResize: (width: (now: number) => number) => void }): ReactNode {
  const { t } = useTranslation();
  const visiblePlugin = useGraphiQL((state) => state.visiblePlugin);
  const { setVisiblePlugin } = useGraphiQLActions();
  const entry = rail.find((candidate) => candidate.title === visiblePlugin?.title);
  const Content = visiblePlugin?.content;
  // The manual, the explorer and the history speak GraphQL and English.
  const foreign = visiblePlugin && visiblePlugin.title !== EXAMPLES_PLUGIN.title ? { lang: 'en', dir: 'ltr' } : {};
  return (
    <>
      <nav className="rail" aria-label={t('rail.label')}>
        {rail.map(({ title, word, Icon }) => (
          <button key={title} type="button" aria-expanded={visiblePlugin?.title === title} onClick={() => setVisiblePlugin(visiblePlugin?.title === title ? null : title)}>
            <Icon />
            <span>{t(word)}</span>
          </button>
        ))}
      </nav>
      {entry && Content && (
        <aside className="panel" aria-labelledby="panel-heading">
          <header className="panel-head">
            <h2 id="panel-heading">{t(entry.word)}</h2>
            <button type="button" className="quiet" aria-label={t('header.close')} onClick={() => setVisiblePlugin(null)}>
              <CloseIcon />
            </button>
          </header>
          <div className="panel-body" {...foreign}>
            <Content />
          </div>
          <Splitter
            label={t('splitter.panel')}
            orientation="vertical"
            value={props.width}
            min={240}
            max={560}
            onMove={(x) => props.onResize((now) => now + x)}
            onSet={(width) => props.onResize(() => width)}
          />
        </aside>
      )}
    </>
  );
}
