import { graphql } from '../../gql';
import {
  EvaluationConduct,
  EvaluationCriterion,
  EvaluationFindingKind,
  type EvaluationInput,
  EvaluationKind,
  EvaluationStatus,
  ObligationOutcome,
  RecommendationPriority,
  RecommendationResponse,
} from '../../gql/graphql';
import { ask } from '../../graph/ask';
import type { Field } from '../fields';
import { asWritten, trialOf } from './asWritten';
import { documents } from './documents';
import type { Form } from './form';

const criterion = { name: 'criterion', control: 'choice', enumeration: 'EvaluationCriterion', values: Object.values(EvaluationCriterion) } as const;
/** An evaluation has one subject. */
const subjects = ['agreementId', 'projectId', 'organizationId'];

const fields: readonly Field[] = [
  { name: 'title', control: 'text' },
  { name: 'kind', control: 'choice', enumeration: 'EvaluationKind', values: Object.values(EvaluationKind) },
  { name: 'agreementId', control: 'record', of: 'AGREEMENT', label: 'evaluated.agreement', oneOf: subjects },
  { name: 'projectId', control: 'record', of: 'PROJECT', label: 'evaluated.project', oneOf: subjects },
  { name: 'organizationId', control: 'record', of: 'ORGANIZATION', label: 'evaluated.organization', oneOf: subjects },
  { name: 'summary', control: 'longText' },
  { name: 'status', control: 'choice', enumeration: 'EvaluationStatus', values: Object.values(EvaluationStatus) },
  { name: 'conduct', control: 'choice', enumeration: 'EvaluationConduct', values: Object.values(EvaluationConduct) },
  { name: 'evaluator', control: 'line' },
  { name: 'commissionerId', control: 'record', of: 'ORGANIZATION' },
  { name: 'startedOn', control: 'date' },
  { name: 'completedOn', control: 'date' },
  { name: 'periodStart', control: 'date', label: 'evaluated.from' },
  { name: 'periodEnd', control: 'date', label: 'evaluated.to' },
  { name: 'ownerId', control: 'unit' },
  { name: 'scale', control: 'number' },
  {
    name: 'scores',
    control: 'parts',
    fields: [criterion, { name: 'score', control: 'number' }, { name: 'reason', control: 'longText' }],
  },
  {
    name: 'findings',
    control: 'parts',
    fields: [{ name: 'kind', control: 'choice', enumeration: 'EvaluationFindingKind', values: Object.values(EvaluationFindingKind) }, criterion, { name: 'text', control: 'longText' }],
  },
  {
    name: 'recommendations',
    control: 'parts',
    fields: [
      { name: 'text', control: 'longText', label: 'recommended' },
      { name: 'priority', control: 'choice', enumeration: 'RecommendationPriority', values: Object.values(RecommendationPriority) },
      { name: 'addresseeId', control: 'record', of: 'ORGANIZATION' },
      { name: 'response', control: 'choice', enumeration: 'RecommendationResponse', values: Object.values(RecommendationResponse) },
      { name: 'respondedOn', control: 'date' },
      { name: 'respondedBy', control: 'line' },
      { name: 'responseReason', control: 'longText' },
      {
        name: 'actions',
        control: 'parts',
        fields: [
          { name: 'text', control: 'longText', label: 'toDo' },
          { name: 'dueOn', control: 'date' },
          { name: 'responsibleId', control: 'unit' },
          { name: 'leadDays', control: 'number' },
          { name: 'outcome', control: 'choice', enumeration: 'ObligationOutcome', values: Object.values(ObligationOutcome) },
          { name: 'settledOn', control: 'date' },
          { name: 'evidence', control: 'longText' },
        ],
      },
    ],
  },
  documents,
];

const Read = graphql(`
  query EditEvaluation($id: ID!) { record: evaluation(by: { id: $id }) { ...EditEvaluationRecord } }
  fragment EditEvaluationRecord on Evaluation {
    id code version state kind conduct status evaluator periodStart periodEnd startedOn completedOn scale
    titleAr: title(locale: "ar", fallback: []) { text isFallback }
    titleEn: title(locale: "en", fallback: []) { text isFallback }
    summaryAr: summary(locale: "ar", fallback: []) { text isFallback }
    summaryEn: summary(locale: "en", fallback: []) { text isFallback }
    owner { id name { text } }
    agreement { id title { text } } project { id title { text } } organization { id name { text } } commissioner { id name { text } }
    scores { id criterion score reasonAr: reason(locale: "ar", fallback: []) { text isFallback } reasonEn: reason(locale: "en", fallback: []) { text isFallback } }
    findings { id kind criterion textAr: text(locale: "ar", fallback: []) { text isFallback } textEn: text(locale: "en", fallback: []) { text isFallback } }
    recommendations {
      id priority response respondedBy respondedOn
      addressee { id name { text } }
      textAr: text(locale: "ar", fallback: []) { text isFallback }
      textEn: text(locale: "en", fallback: []) { text isFallback }
      responseReasonAr: responseReason(locale: "ar", fallback: []) { text isFallback }
      responseReasonEn: responseReason(locale: "en", fallback: []) { text isFallback }
      actions {
        id dueOn leadDays outcome settledOn
        responsible { id name { text } }
        textAr: text(locale: "ar", fallback: []) { text isFallback }
        textEn: text(locale: "en", fallback: []) { text isFallback }
        evidenceAr: evidence(locale: "ar", fallback: []) { text isFallback }
        evidenceEn: evidence(locale: "en", fallback: []) { text isFallback }
      }
    }
    documents(first: 50) { totalCount nodes { ...EditDocument } }
    translations(where: { locale: { in: ["ar", "en"] } }, first: 100) { nodes { field locale text proposal { text } } }
    pendingChanges(where: { state: { in: [DRAFT, SUBMITTED, RETURNED] } }, first: 1) { nodes { id } }
  }
`);
const Try = graphql(`mutation EditTryEvaluation($input: UpdateEvaluationInput!) { tried: updateEvaluation(input: $input) { record: evaluation { ...EditEvaluationRecord } change { fields { recordId field after } } userErrors { path code message messageAr } } }`);
const Create = graphql(`mutation EditCreateEvaluation($input: CreateEvaluationInput!) { saved: createEvaluation(input: $input) { record: evaluation { id } change { id } userErrors { path code message messageAr } } }`);
const Update = graphql(`mutation EditUpdateEvaluation($input: UpdateEvaluationInput!) { saved: updateEvaluation(input: $input) { record: evaluation { id version } change { id } userErrors { path code message messageAr } } }`);

/** Evaluations: scores, findings, and recommendations, each with the response of the management and what is done about it. */
export const evaluation: Form = {
  fields,
  isWritten: true,
  read: (id, signal) =>
    asWritten({
      standing: async () => (await ask(Read, { id }, signal)).record,
      tried: async (version) => (await ask(Try, { input: { ...trialOf(id, version), evaluation: {} } }, signal)).tried,
    }),
  create: async (clientMutationId, input) => (await ask(Create, { input: { clientMutationId, evaluation: input as EvaluationInput } })).saved,
  update: async (id, version, input) => (await ask(Update, { input: { id, version, evaluation: input as EvaluationInput } })).saved,
};
