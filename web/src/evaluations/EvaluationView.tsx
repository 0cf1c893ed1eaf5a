import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import Unseen from '../archive/Unseen';
import { WayInOf } from '../archive/WayIn';
import { PeekHead } from '../desk/PeekHead';
import { formOf } from '../edit/kinds';
import { Badge } from '../look/Badge';
import { Bars } from '../look/Bars';
import { Facts } from '../look/Facts';
import { Texted } from '../look/Texted';
import { badges } from '../look/states';
import { useNames } from '../look/useNames';
import { To } from '../shell/To';
import { useFormat } from '../shell/format';
import { entersRecords, useWho } from '../sign/session';
import { RecommendationView } from './RecommendationView';
import type { Evaluation } from './evaluations';

/** One evaluation: what it looked at, how it scored it, what it found, and what came of what it recommends. */
export function EvaluationView(props: { evaluation: Evaluation; onClose: () => void }): ReactNode {
  const { t } = useTranslation(['evaluations', 'desk']);
  const names = useNames();
  const format = useFormat();
  const { data: who } = useWho();
  const { evaluation } = props;
  const { agreement, project, organization } = evaluation;
  const day = (iso: string | null | undefined): string | null => (iso ? format.date(iso) : null);
  const period = [day(evaluation.periodStart), day(evaluation.periodEnd)].filter((one) => one !== null).join(' – ');
  const facts: [string, ReactNode][] = [
    ['agreement', agreement && <To to={`/agreements/${agreement.id}`}><Texted text={agreement.title} fallback={agreement.code} /></To>],
    ['project', project && <To to={`/projects/${project.id}`}><Texted text={project.title} fallback={project.code} /></To>],
    ['organization', organization && <To to={`/organizations/${organization.id}`}><Texted text={organization.name} fallback={organization.code} /></To>],
    ['commissioner', evaluation.commissioner && <To to={`/organizations/${evaluation.commissioner.id}`}><Texted text={evaluation.commissioner.name} /></To>],
    ['conduct', evaluation.conduct && names('EvaluationConduct', evaluation.conduct)],
    ['evaluator', evaluation.evaluator && <bdi>{evaluation.evaluator}</bdi>],
    ['period', period],
    ['completed', day(evaluation.completedOn)],
    ['owner', evaluation.owner && <Texted text={evaluation.owner.name} />],
  ];
  const scored = evaluation.scores.filter((score) => typeof score.score === 'number');
  return (
    <>
      <PeekHead onClose={props.onClose}>
        {names('EvaluationKind', evaluation.kind)} · {names('EvaluationStatus', evaluation.status)} · <bdi dir="ltr">{evaluation.code}</bdi>
      </PeekHead>
      <h2>
        <Texted text={evaluation.title} fallback={evaluation.code} />
      </h2>
      <p className="desk-acts">
        <Badge state={badges[evaluation.state]}>{names('RecordState', evaluation.state)}</Badge>
        {entersRecords(who) && evaluation.state !== 'ARCHIVED' && (
          <To to={formOf('Evaluation', evaluation.id)} aria-keyshortcuts="E">
            {t('desk:edit')} <kbd dir="ltr">E</kbd>
          </To>
        )}
      </p>
      <Unseen id={evaluation.id} />
      <WayInOf id={evaluation.id} />
      {evaluation.summary && (
        <p>
          <Texted text={evaluation.summary} />
        </p>
      )}
      <Facts className="evaluations-facts" facts={facts} name={(name) => t(`fact.${name}`)} />
      {scored.length > 0 && (
        <section className="evaluations-part">
          <h3>
            {t('scores')}
            {evaluation.meanScore && <span> · {t('mean', { score: format.number(evaluation.meanScore, 1), scale: format.number(evaluation.scale) })}</span>}
          </h3>
          <Bars
            rows={scored.map((score) => ({
              key: score.id,
              label: names('EvaluationCriterion', score.criterion),
              value: score.score ?? 0,
              text: t('of', { score: format.number(score.score ?? 0), scale: format.number(evaluation.scale) }),
            }))}
          />
          {scored.some((score) => score.reason) && (
            <ul className="evaluations-reasons">
              {scored.map(
                (score) =>
                  score.reason && (
                    <li key={score.id}>
                      {names('EvaluationCriterion', score.criterion)}: <Texted text={score.reason} />
                    </li>
                  ),
              )}
            </ul>
          )}
        </section>
      )}
      {evaluation.findings.length > 0 && (
        <section className="evaluations-part">
          <h3>{t('findings')}</h3>
          <ul className="evaluations-reasons">
            {evaluation.findings.map((finding) => (
              <li key={finding.id}>
                <strong>{names('EvaluationFindingKind', finding.kind)}</strong> <Texted text={finding.text} />
              </li>
            ))}
          </ul>
        </section>
      )}
      <section className="evaluations-part">
        <h3>{t('recommendations')}</h3>
        {evaluation.recommendations.length === 0 && <p className="desk-none">{t('noRecommendations')}</p>}
        <ol className="evaluations-recommendations">
          {evaluation.recommendations.map((one) => (
            <li key={one.id}>
              <RecommendationView evaluation={evaluation} recommendation={one} />
            </li>
          ))}
        </ol>
      </section>
    </>
  );
}
