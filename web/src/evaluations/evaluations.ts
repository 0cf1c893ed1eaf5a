import { graphql } from '../gql';
import type { EvaluationsQuery } from '../gql/graphql';

/** Evaluations, the latest first, each with all it says. */
export const Evaluations = graphql(`
  query Evaluations($where: EvaluationWhere, $after: Cursor) {
    evaluations(where: $where, orderBy: [{ field: UPDATED_AT, direction: DESC }], first: 20, after: $after) {
      totalCount
      pageInfo { endCursor hasNextPage }
      nodes {
        id
        code
        version
        state
        kind
        conduct
        status
        evaluator
        periodStart
        periodEnd
        completedOn
        scale
        meanScore
        title { text locale direction }
        summary { text locale direction }
        owner { name { text locale direction } }
        commissioner { id name { text locale direction } }
        agreement { id code title { text locale direction } }
        project { id code title { text locale direction } }
        organization { id code name { text locale direction } }
        scores { id criterion score reason { text locale direction } }
        findings { id kind criterion text { text locale direction } }
        recommendations {
          id
          priority
          response
          respondedBy
          respondedOn
          text { text locale direction }
          responseReason { text locale direction }
          addressee { id name { text locale direction } }
          actions { id dueOn state settledOn text { text locale direction } evidence { text locale direction } responsible { name { text locale direction } } }
        }
      }
    }
  }
`);

/** Changes an evaluation: a response to a recommendation, an action and what became of it. */
export const ChangeEvaluation = graphql(`
  mutation EvaluationsChange($input: UpdateEvaluationInput!) {
    updateEvaluation(input: $input) { change { id } userErrors { path code message messageAr } }
  }
`);

/** An evaluation with all it says. */
export type Evaluation = EvaluationsQuery['evaluations']['nodes'][number];
/** What an evaluation recommends, with the response and what is done about it. */
export type Recommendation = Evaluation['recommendations'][number];
/** Something that is done about a recommendation. */
export type Action = Recommendation['actions'][number];

/** Actions that are still to be done. */
export const openActions = (evaluation: Evaluation): Action[] => evaluation.recommendations.flatMap((one) => one.actions.filter((action) => action.state !== 'DONE' && action.state !== 'WAIVED'));

/** Recommendations without a response. */
export const unanswered = (evaluation: Evaluation): Recommendation[] => evaluation.recommendations.filter((one) => !one.response);
