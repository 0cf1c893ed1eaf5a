import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Split } from '../desk/Split';
import { usePlace } from '../desk/usePlace';
import { type ImportsListQuery, ImportState } from '../gql/graphql';
import { ask } from '../graph/ask';
import { Badge, type BadgeState } from '../look/Badge';
import { ErrorNote } from '../look/ErrorNote';
import { Loading } from '../look/Loading';
import { More } from '../look/More';
import { useFormat } from '../shell/format';
import { useLanguage, usePageTitle } from '../shell/language';
import { DataSets } from './DataSets';
import { RunView } from './RunView';
import { type Run, Runs } from './runs';
import './imports.css';

/** An import at work is looked at each second; else what is new may wait. */
const AT_WORK_MS = 1000;
const AT_REST_MS = 10_000;

const states = Object.values(ImportState);

/** The shape of each state. */
export const badges: Record<Run['state'], BadgeState> = { RUNNING: 'soon', DONE: 'done', REFUSED: 'returned', FAILED: 'late', INTERRUPTED: 'late' };

const isAtWork = (answer: ImportsListQuery | undefined): boolean => answer?.importRuns.nodes.some((run) => run.state === 'RUNNING') ?? false;

/** What was imported, when, with what outcome, and how far an import has come that is at work. */
export default function ImportsPage(): ReactNode {
  const { t } = useTranslation('imports');
  const { locale } = useLanguage();
  const format = useFormat();
  const [params, go] = usePlace();
  usePageTitle(t('title'));
  const state = states.find((each) => each === params.get('state')) ?? null;
  const variables = { where: state ? { state: { eq: state } } : {}, after: params.get('after') };
  const { data, error, isPlaceholderData, refetch } = useQuery({
    queryKey: [Runs.toString(), variables, locale],
    queryFn: ({ signal }) => ask(Runs, variables, signal),
    placeholderData: keepPreviousData,
    refetchInterval: (query) => (isAtWork(query.state.data) ? AT_WORK_MS : AT_REST_MS),
  });
  // A connection that is lost for a moment takes nothing away that was read.
  if (error && !data) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  const { nodes, totalCount, pageInfo } = data.importRuns;
  const open = nodes.find((run) => run.id === params.get('item'));
  const close = (): void => go({ item: null });
  return (
    <Split
      title={t('title')}
      lead={t('count', { count: totalCount, shown: format.number(totalCount) })}
      isBusy={isPlaceholderData}
      tools={
        <label>
          {t('stateLabel')}
          <select value={state ?? ''} onChange={(event) => go({ state: event.target.value || null, after: null, item: null })}>
            <option value="">{t('every')}</option>
            {states.map((each) => (
              <option key={each} value={each}>
                {t(`state.${each}`)}
              </option>
            ))}
          </select>
        </label>
      }
      list={
        <>
          {error && <ErrorNote error={error} onRetry={() => void refetch()} />}
          {nodes.length === 0 ? (
            <p className="desk-none">{t(state ? 'noneFound' : 'none')}</p>
          ) : (
            <ul className="desk-rows">
              {nodes.map((run) => (
                <li key={run.id}>
                  <button type="button" className="desk-item" aria-pressed={run === open} onClick={() => go({ item: run.id })}>
                    <span className="desk-what">
                      <bdi>{run.name}</bdi> <span className="desk-kind">{t(`kind.${run.kind}`)}</span>
                    </span>
                    <span className="desk-who" />
                    <span className="desk-when">
                      <time dateTime={run.startedAt}>{format.date(run.startedAt)}</time>
                      <Badge state={badges[run.state]}>
                        {run.state === 'RUNNING' && typeof run.progress === 'number' ? t('runningAt', { share: format.percent(run.progress) }) : t(`state.${run.state}`)}
                      </Badge>
                    </span>
                    {run.state === 'RUNNING' && <progress aria-hidden className="look-bar imports-bar" max={1} {...(typeof run.progress === 'number' ? { value: run.progress } : {})} />}
                  </button>
                </li>
              ))}
            </ul>
          )}
          <More page={pageInfo} onMore={(after) => go({ after, item: null })}>
            {t('more')}
          </More>
          <DataSets sets={data.dataSets.nodes} />
        </>
      }
      choose={t('choose')}
      onClose={close}
      peek={open && <RunView key={open.id} run={open} onClose={close} />}
    />
  );
}
