import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { Split } from '../desk/Split';
import { formOf } from '../edit/kinds';
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
import { useLanguage, usePageTitle } from '../shell/language';
import { withParam } from '../shell/withParam';
import { entersRecords, useWho } from '../sign/session';
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
  const { locale } = useLanguage();
  const navigate = useNavigate();
  const { data: who } = useWho();
  const [params, setParams] = useSearchParams();
  usePageTitle(t('desk:menu.evaluations'));
  const show = shows.find((one) => one === params.get('show')) ?? 'all';
  const { data, error, isPlaceholderData, refetch } = useGraph(Evaluations, { where: wheres[show], after: params.get('after') });
  const item = params.get('item');
  // One that others lead to may stand on another page of the list.
  const apart = useGraph(Evaluations, { where: { id: { eq: item ?? '' } }, after: null }, { enabled: item !== null && data !== undefined && !data.evaluations.nodes.some((evaluation) => evaluation.id === item) });
  if (error) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  const { nodes, totalCount, pageInfo } = data.evaluations;
  const choose = (item: string | null): void => setParams((before) => withParam(before, 'item', item), { replace: true, preventScrollReset: true });
  const open = [...nodes, ...(apart.data?.evaluations.nodes ?? [])].find((evaluation) => evaluation.id === item);
  const count = (name: 'unanswered' | 'late' | 'openActions', of: readonly unknown[]): string => t(name, { count: of.length, shown: format.number(of.length) });
  return (
    <Split
      title={t('desk:menu.evaluations')}
      isWide
      isBusy={isPlaceholderData}
      {...(entersRecords(who) && { onNew: { name: t('desk:new.evaluation'), act: () => void navigate(`/${locale}${formOf('Evaluation')}`) } })}
      count={t('evaluations', { count: totalCount, shown: format.number(totalCount) })}
      tools={<Switch label={t('shown')} options={shows.map((value) => ({ value, name: t(`show.${value}`) }))} chosen={show} onChoose={(next) => setParams(next === 'all' ? {} : { show: next })} />}
      list={
        <>
          {nodes.length === 0 && <p className="desk-none">{t(`none.${show}`)}</p>}
          {nodes.length > 0 && (
            <ul className="desk-rows">
              {nodes.map((evaluation) => {
                const actions = openActions(evaluation);
                const late = actions.filter((action) => action.state === 'OVERDUE');
                return (
                  <li key={evaluation.id}>
                    <button type="button" className="desk-item evaluations-item" aria-pressed={evaluation === open} onClick={() => choose(evaluation.id)}>
                      <span>
                        <Texted text={evaluation.title} fallback={evaluation.code} />
                        <small>
                          {names('EvaluationKind', evaluation.kind)} · {names('EvaluationStatus', evaluation.status)}
                          {unanswered(evaluation).length > 0 && <> · {count('unanswered', unanswered(evaluation))}</>}
                          {evaluation.state !== 'PUBLISHED' && <> · {names('RecordState', evaluation.state)}</>}
                        </small>
                      </span>
                      {actions.length > 0 && <Badge state={late.length > 0 ? 'late' : 'later'}>{late.length > 0 ? count('late', late) : count('openActions', actions)}</Badge>}
                    </button>
                  </li>
                );
              })}
            </ul>
          )}
          <More page={pageInfo} onMore={(after) => setParams((before) => withParam(withParam(before, 'item', null), 'after', after))}>
            {t('nextPage')}
          </More>
        </>
      }
      peek={open && <EvaluationView key={open.id} evaluation={open} onClose={() => choose(null)} />}
      choose={t('choose')}
      onClose={() => choose(null)}
    />
  );
}
