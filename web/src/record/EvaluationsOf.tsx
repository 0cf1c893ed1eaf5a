import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../gql';
import { useGraph } from '../graph/useGraph';
import { Texted } from '../look/Texted';
import { useNames } from '../look/useNames';
import { useFormat } from '../shell/format';
import { Section } from './parts';

const OfRecord = graphql(`
  query RecordEvaluations($id: ID!) {
    node(id: $id) {
      ... on Organization { evaluations(first: 10) { ...EvaluationsOfRecord } }
      ... on Agreement { evaluations(first: 10) { ...EvaluationsOfRecord } }
      ... on Project { evaluations(first: 10) { ...EvaluationsOfRecord } }
    }
  }
  fragment EvaluationsOfRecord on EvaluationConnection {
    totalCount
    nodes { id code kind status scale meanScore completedOn title { text locale direction } recommendations { id response text { text locale direction } } }
  }
`);

/** What evaluations say of a record, with each recommendation and the response to it; nothing where there are none. */
export function EvaluationsOf(props: { id: string }): ReactNode {
  const { t } = useTranslation('record');
  const names = useNames();
  const format = useFormat();
  const { data } = useGraph(OfRecord, { id: props.id });
  const found = data?.node && 'evaluations' in data.node ? data.node.evaluations : null;
  if (!found || found.totalCount === 0) return null;
  return (
    <Section id="evaluations" title={t('evaluations.title')} count={format.number(found.totalCount)}>
      {found.nodes.map((evaluation) => (
        <div key={evaluation.id}>
          <strong>
            <Texted text={evaluation.title} fallback={evaluation.code} />
          </strong>
          <p className="record-note">
            {names('EvaluationKind', evaluation.kind)} · {names('EvaluationStatus', evaluation.status)}
            {evaluation.completedOn && <> · {format.date(evaluation.completedOn)}</>}
            {evaluation.meanScore && <> · {t('evaluations.mean', { score: format.number(evaluation.meanScore, 1), scale: format.number(evaluation.scale) })}</>}
          </p>
          {evaluation.recommendations.length > 0 && (
            <ul>
              {evaluation.recommendations.map((one) => (
                <li key={one.id}>
                  <Texted text={one.text} /> <span className="record-note">{one.response ? names('RecommendationResponse', one.response) : t('evaluations.noResponse')}</span>
                </li>
              ))}
            </ul>
          )}
        </div>
      ))}
    </Section>
  );
}
