import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { walk } from '../desk/walk';
import type { EvaluationWhere } from '../gql/graphql';
import { useGraph } from '../graph/useGraph';
import { Badge } from '../look/Badge';
import { ErrorNote } from '../look/ErrorNote';
import { Loading } from '../look/Loading';
import { More } from '../look/More';
import { Switch } from '../look/Switch';
import { Texted } from '../look/Texted';
import { useNames } from '../look/useNames';
import { useFormat } from '../shell/format';
import { usePageTitle } from '../shell/language';
import { withParam } from '../shell/withParam';
import { EvaluationView } from './EvaluationView';
import { Evaluations, openActions, unanswered } from './evaluations';
import './evaluations.css';

const shows = ['all', 'unanswered', 'open', 'late'] as const;
type Show = (typeof shows)[number];

const wheres: Record<Show, EvaluationWhere> = {
  all: {},
  unanswered: { recommendations: { some: { response: { isNull: true } } } },
  open: { recommendations: { some: { actions: { some: { state: { in: ['PENDING', 'DUE_SOON', 'OVERDUE'] } } } } } },
  late: { recommendations: { some: { actions: { some: { state: { eq: 'OVERDUE' } } } } } },
};

/** Evaluations, and what became of what they recommend; the one chosen stands beside the list. */
export default function EvaluationsPage(): ReactNode {
  const { t } = useTranslation(['evaluations', 'desk']);
  const names = useNames();
  const format = useFormat();
  const [params, setParams] = useSearchParams();
  usePageTitle(t('desk:menu.evaluations'));
  const show = shows.find((one) => one === params.get('show')) ?? 'all';
  const { data, error, isFetching, refetch } = useGraph(Evaluations, { where: wheres[show], after: params.get('after') });
  const item = params.get('item');
  // One that others lead to may stand on another page of the list.
  const apart = useGraph(Evaluations, { where: { id: { eq: item ?? '' } }, after: null }, { enabled: item !== null && data !== undefined && !data.evaluations.nodes.some((evaluation) => evaluation.id === item) });
  if (error) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  const { nodes, totalCount, pageInfo } = data.evaluations;
  const choose = (item: string | null): void => setParams((before) => withParam(before, 'item', item), { replace: true, preventScrollReset: true });
  const open = [...nodes, ...(apart.data?.evaluations.nodes ?? [])].find((evaluation) => evaluation.id === item);
  return (
    <div className="desk-halves">
      <section className="desk-list" aria-busy={isFetching} onKeyDown={walk}>
        <header className="desk-head">
          <h1>{t('desk:menu.evaluations')}</h1>
          <span role="status">{t('evaluations', { count: totalCount, shown: format.number(totalCount) })}</span>
        </header>
        <p>
          <Switch label={t('shown')} options={shows.map((value) => ({ value, name: t(`show.${value}`) }))} chosen={show} onChoose={(next) => setParams(next === 'all' ? {} : { show: next })} />
        </p>
        {nodes.length === 0 && <p className="desk-none">{t(`none.${show}`)}</p>}
        {nodes.length > 0 && (
          <ul className="desk-rows">
            {nodes.map((evaluation) => {
              const actions = openActions(evaluation);
              const late = actions.filter((action) => action.state === 'OVERDUE').length;
              return (
                <li key={evaluation.id}>
                  <button type="button" className="desk-item evaluations-item" aria-pressed={evaluation === open} onClick={() => choose(evaluation.id)}>
                    <span>
                      <Texted text={evaluation.title} fallback={evaluation.code} />
                      <small>
                        {names('EvaluationKind', evaluation.kind)} · {names('EvaluationStatus', evaluation.status)} · {t('unanswered', { count: unanswered(evaluation).length, shown: format.number(unanswered(evaluation).length) })}
                      </small>
                    </span>
                    {late > 0 ? <Badge state="late">{t('late', { count: late, shown: format.number(late) })}</Badge> : <Badge state={actions.length > 0 ? 'later' : 'neutral'}>{t('openActions', { count: actions.length, shown: format.number(actions.length) })}</Badge>}
                  </button>
                </li>
              );
            })}
          </ul>
        )}
        <p className="evaluations-keys">
          <kbd>↑ ↓</kbd> {t('keys')}
        </p>
        <More page={pageInfo} onMore={(after) => setParams((before) => withParam(withParam(before, 'item', null), 'after', after))}>
          {t('nextPage')}
        </More>
      </section>
      <aside className="desk-open evaluations-open" aria-label={t('desk:preview')}>
        {open ? <EvaluationView key={open.id} evaluation={open} onClose={() => choose(null)} /> : <p className="desk-none">{t('choose')}</p>}
      </aside>
    </div>
  );
}
