import { type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { TranslationTaskKind } from '../gql/graphql';
import { useGraph } from '../graph/useGraph';
import { Shape } from '../look/Badge';
import { ErrorNote } from '../look/ErrorNote';
import { Loading } from '../look/Loading';
import { More } from '../look/More';
import { Texted } from '../look/Texted';
import { useFieldNames } from '../look/useFieldNames';
import { To } from '../shell/To';
import { useFormat } from '../shell/format';
import { useLanguage, usePageTitle } from '../shell/language';
import { Bench } from './Bench';
import { Locales, Queue, type Task, byRecord, recordOf, shapes } from './queue';
import './translate.css';

const tasks = Object.values(TranslationTaskKind);

/** The workbench of translators: what is to be done on one side, source and target with memory and glossary on the other. */
export default function TranslationsPage(): ReactNode {
  const { t } = useTranslation(['translate', 'edit']);
  const { locale } = useLanguage();
  const format = useFormat();
  const [params, setParams] = useSearchParams();
  usePageTitle(t('title'));
  const task = tasks.find((kind) => kind === params.get('task')) ?? 'MISSING';
  const wanted = params.get('locale') ?? locale;
  const kind = params.get('kind');
  const where = { task: { eq: task }, locale: { eq: wanted }, ...(kind ? { subjectKind: { eq: kind } } : {}) };
  // Another queue asks for something else of its texts: only the pages of one may stand for each other.
  const { data, error, isFetching, refetch } = useGraph(Queue, { where, after: params.get('after') }, { stays: (before) => JSON.stringify(before.where) === JSON.stringify(where) });
  const locales = useGraph(Locales, {}).data?.workingLocales ?? [];
  const queue = data?.translationTasks;
  const groups = byRecord(queue?.nodes ?? []);
  const walked = groups.flat();
  const item = params.get('item');
  const found = walked.findIndex((node) => node.id === item);
  // A text that left its queue meanwhile, because somebody else was faster, stays where somebody is writing.
  const kept = useRef<Task | undefined>(undefined);
  const isGone = found < 0 && item !== null && kept.current?.id === item;
  const open = isGone ? kept.current : walked[Math.max(0, found)];
  kept.current = open;
  const at = isGone ? -1 : Math.max(0, found);
  const choose = (changes: Record<string, string | null>): void => {
    const next = new URLSearchParams(params);
    for (const [name, value] of Object.entries(changes)) {
      if (value === null) next.delete(name);
      else next.set(name, value);
    }
    // As in every list of the desk, the way back leads out of the list, not through its items.
    setParams(next, { preventScrollReset: true, replace: Object.keys(changes).every((name) => name === 'item') });
  };
  const go = (step: number): void => {
    const next = walked[at + step];
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
            {[...new Set([...locales.map((each) => each.locale), wanted])].map((each) => (
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
          {queue && t('count', { count: queue.totalCount, shown: format.number(queue.totalCount) })}{' '}
          {kind && (
            <button type="button" className="translate-plain" onClick={() => choose({ kind: null, item: null, after: null })}>
              {t('allKinds')}
            </button>
          )}
        </p>
        {error && <ErrorNote error={error} onRetry={() => void refetch()} />}
        {!error && !queue && <Loading />}
        {groups.map(([first, ...rest]) => first && <QueueGroup key={first.id} tasks={[first, ...rest]} open={open} onOpen={(id) => choose({ item: id })} />)}
        {queue && (
          <More page={queue.pageInfo} onMore={(after) => choose({ after, item: null })}>
            {t('more')}
          </More>
        )}
      </section>
      {open ? (
        <Bench
          key={open.id}
          task={open}
          isGone={isGone}
          isFirst={at <= 0}
          isLast={at === walked.length - 1}
          onGo={go}
          onBegin={() => item !== open.id && choose({ item: open.id })}
          onDone={() => choose({ item: (walked[at + 1] ?? walked[at - 1])?.id ?? null })}
        />
      ) : (
        queue && <p className="translate-none">{t(`nothing.${task}`)}</p>
      )}
    </div>
  );
}

/** The texts of one record with which something is to be done. */
function QueueGroup(props: { tasks: readonly [Task, ...Task[]]; open: Task | undefined; onOpen: (id: string) => void }): ReactNode {
  const { t, i18n } = useTranslation('translate');
  const fields = useFieldNames();
  const [first] = props.tasks;
  const record = recordOf(first);
  return (
    <section className="translate-record">
      <h2>
        {first.subject?.__typename === 'CodeListItem' && (
          <bdi dir="ltr" className="translate-code">
            {first.subject.code}
          </bdi>
        )}
        <Texted text={record?.title} fallback={<bdi>{record?.code ?? fields.kind(first.subjectKind)}</bdi>} />
      </h2>
      <ul>
        {props.tasks.map((task) => (
          <li key={task.id}>
            <button type="button" className="translate-item" aria-pressed={task === props.open} onClick={() => props.onOpen(task.id)}>
              <Shape state={shapes[task.task]} />
              <span>
                <strong>{recordOf(task)?.isPart ? t('ofPart', { part: fields.kind(task.subjectKind), field: fields.field(task.field) }) : fields.field(task.field)}</strong>
                <bdi lang={task.sourceLocale} dir={i18n.dir(task.sourceLocale)}>
                  {task.sourceText.slice(0, 80)}
                </bdi>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
