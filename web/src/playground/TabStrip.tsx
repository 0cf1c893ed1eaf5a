import { useGraphiQLActions } from '@graphiql/react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Language } from '../i18n';
import { examples } from './examples';
import { CloseIcon, PlusIcon } from './icons';
import { type Tab, useTabs } from './useTabs';

/** The open operations. An example goes by its title, anything else by the name of its operation. */
export function TabStrip(): ReactNode {
  const { t, i18n } = useTranslation();
  const { tabs, activeIndex } = useTabs();
  const { addTab, changeTab, closeTab } = useGraphiQLActions();
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    list.current?.querySelector('[data-active=true]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [activeIndex, tabs.length, tabs[activeIndex]?.title]);
  const titleOf = (tab: Tab): string => {
    const example = examples.find((candidate) => candidate.operationName === tab.title);
    if (example) return example.title[i18n.language as Language];
    // GraphiQL's own word for a tab without a name is no name.
    return tab.operationName ?? (/^\w+$/.test(tab.title) ? tab.title : t('tabs.untitled'));
  };
  return (
    <nav className="tabs" aria-label={t('tabs.label')}>
      <ul ref={list}>
        {tabs.map((tab, index) => {
          const title = titleOf(tab);
          return (
            <li key={tab.id} data-active={index === activeIndex}>
              <button type="button" className="tab" aria-current={index === activeIndex ? 'page' : undefined} title={title} onClick={() => index !== activeIndex && changeTab(index)}>
                <bdi>{title}</bdi>
              </button>
              {tabs.length > 1 && (
                <button type="button" className="tab-close" aria-label={t('tabs.close', { title })} onClick={() => closeTab(index)}>
                  <CloseIcon />
                </button>
              )}
            </li>
          );
        })}
      </ul>
      <button type="button" className="quiet" aria-label={t('tabs.add')} title={t('tabs.add')} onClick={addTab}>
        <PlusIcon />
      </button>
    </nav>
  );
}
