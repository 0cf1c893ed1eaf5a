import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { TranslationTaskKind } from '../gql/graphql';
import { useGraph } from '../graph/useGraph';
import { ErrorNote } from '../look/ErrorNote';
import { Loading } from '../look/Loading';
import { More } from '../look/More';
import { To } from '../shell/To';
import { useFormat } from '../shell/format';
import { useLanguage, usePageTitle } from '../shell/language';
import { Bench } from './Bench';
import { Queue, type Task } from './queue';
import './translate.css';

const tasks = Object.values(TranslationTaskKind);

/** The workbench of translators: what is to be done on one side, source and target with memory and glossary on the other. */
export default function TranslationsPage(): ReactNode {
  const { t } = useTranslation('translate');
  const { locale } = useLanguage();
  const format = useFormat();
  const [params, setParams] = useSearchParams();
  usePageTitle(t('title'));
  const task = tasks.find((kind) => kind === params.get('task')) ?? 'MISSING';
  const wanted = params.get('locale') ?? locale;
  const kind = params.get('kind');
  const where = { task: { eq: task }, locale: { eq: wanted }, ...(kind ? { subjectKind: { eq: kind } } : {}) };
  const { data, error, isFetching, refetch } = useGraph(Queue, { where, after: params.get('after') }, { stays: (before) => JSON.stringify(before.where) === JSON.stringify(where) });
  if (error) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  const queue = data.translationTasks;
  const at = Math.max(0, queue.nodes.findIndex((node) => node.id === params.get('item')));
  const open = queue.nodes[at];
  const choose = (changes: Record<string, string | null>): void => {
    const next = new URLSearchParams(params);
    for (const [name, value] of Object.entries(changes)) {
      if (value === null) next.delete(name);
      else next.set(name, value);
    }
    setParams(next, { preventScrollReset: true });
  };
  const go = (step: number): void => {
    const next = queue.nodes[at + step];
    if (next) choose({ item: next.id });
  };
  const names = new Intl.DisplayNames(locale, { type: 'language' });
  return (
    <div className="translate look-inputs">
      <section className="translate-queue" aria-busy={isFetching}>
        <header>
          <h1>{t('title')}</h1>
          <To to="/desk/coverage">{t('coverage.title')}</To>
        </header>
        <label>
          {t('into')}
          <select value={wanted} onChange={(event) => choose({ locale: event.target.value, item: null, after: null })}>
            {[...new Set([...data.workingLocales.map((each) => each.locale), wanted])].map((each) => (
              <option key={each} value={each}>
                {names.of(each)}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t('what')}
          <select value={task} onChange={(event) => choose({ task: event.target.value, item: null, after: null })}>
            {tasks.map((each) => (
              <option key={each} value={each}>
                {t(`task.${each}`)}
              </option>
            ))}
          </select>
        </label>
        <p role="status">
          {t('count', { count: queue.totalCount, shown: format.number(queue.totalCount) })}
          {kind && (
            <button type="button" className="translate-plain" onClick={() => choose({ kind: null, item: null, after: null })}>
              {t('allKinds')}
            </button>
          )}
        </p>
        <ul>
          {queue.nodes.map((node) => (
            <li key={node.id}>
              <QueueItem task={node} isOpen={node === open} onOpen={() => choose({ item: node.id })} />
            </li>
          ))}
        </ul>
        <More page={queue.pageInfo} onMore={(after) => choose({ after, item: null })}>
          {t('more')}
        </More>
      </section>
      {open ? <Bench key={open.id} task={open} onGo={go} /> : <p className="translate-none">{t('none')}</p>}
    </div>
  );
}

function QueueItem(props: { task: Task; isOpen: boolean; onOpen: () => void }): ReactNode {
  const { t, i18n } = useTranslation('translate');
  const { task } = props;
  return (
    <button type="button" className="translate-item" aria-pressed={props.isOpen} onClick={props.onOpen}>
      <span>
        {t(`subject.${task.subjectKind}`, { defaultValue: task.subjectKind })} · {t(`field.${task.field}`, { defaultValue: task.field })}
      </span>
      <bdi lang={task.sourceLocale} dir={i18n.dir(task.sourceLocale)}>
        {task.sourceText.slice(0, 80)}
      </bdi>
    </button>
  );
}
