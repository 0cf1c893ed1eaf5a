import { graphql } from '../gql';
import type { TranslationQueueQuery } from '../gql/graphql';
import type { BadgeState } from '../look/Badge';
import type { LocalizedTextFields } from '../look/Texted';
import type { Who } from '../sign/session';

/** What is to be done about texts, as the graph gives it. */
export const Queue = graphql(`
  query TranslationQueue($where: TranslationTaskWhere, $after: Cursor) {
    translationTasks(where: $where, first: 50, after: $after) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes {
        id
        task
        subjectKind
        field
        locale
        sourceText
        sourceLocale
        sourceDigest
        sourceThen
        subject {
          __typename
          ... on Node { id }
          ... on Agreement { code title { text locale direction } }
          ... on Project { code title { text locale direction } }
          ... on Evaluation { code title { text locale direction } }
          ... on Organization { code title: name { text locale direction } }
          ... on AdministrativeUnit { code: pcode title: name { text locale direction } }
          ... on Page { code: slug title { text locale direction } }
          ... on MinistryUnit { code title: name { text locale direction } }
          ... on Page { code: slug title { text locale direction } }
          ... on CodeListItem { code codeList { title { text locale direction } } }
          ... on Transaction { project { ...TranslationProject } }
          ... on Result { project { ...TranslationProject } }
          ... on Indicator { result { project { ...TranslationProject } } }
          ... on ProjectPartner { project { ...TranslationProject } }
          ... on ProjectLocation { project { ...TranslationProject } }
          ... on ProjectContact { project { ...TranslationProject } }
          ... on HumanitarianScope { project { ...TranslationProject } }
          ... on ProjectCondition { project { ...TranslationProject } }
          ... on AgreementEvent { agreement { ...TranslationAgreement } }
          ... on AgreementParty { agreement { ...TranslationAgreement } }
          ... on Obligation { agreement { ...TranslationAgreement } }
          ... on Recommendation { evaluation { id code title { text locale direction } } }
          ... on EvaluationFinding { evaluation { id code title { text locale direction } } }
        }
        translation { id version text status comment translator reviewer certifier proposal { text translator } }
      }
    }
  }
  fragment TranslationProject on Project { id code title { text locale direction } }
  fragment TranslationAgreement on Agreement { id code title { text locale direction } }
`);

/** Makes a text what it was before one did the last thing to it. */
export const TakeBack = graphql(`
  mutation TranslationTakeBack($input: RecordInput!) {
    takeBackTranslation(input: $input) { userErrors { path code message messageAr } }
  }
`);

/** The languages into which people translate here. */
export const Locales = graphql(`
  query TranslationLocales {
    workingLocales { locale }
  }
`);

/** How a text stands with which something is to be done. */
export const shapes: Record<Task['task'], BadgeState> = { MISSING: 'later', STALE: 'stale', RETURNED: 'returned', REVIEW: 'submitted', CERTIFY: 'published' };

/** One text with which something is to be done. */
export type Task = TranslationQueueQuery['translationTasks']['nodes'][number];

/** Whether somebody writes translations at all; of which records, the server says. */
export const translates = (who: Who | undefined): boolean => who?.roles.some((role) => role === 'TRANSLATOR' || role === 'EDITOR' || role === 'APPROVER') ?? false;

/** The text as it stands: the newer one that waits, or the one that readers see. */
export const standing = (task: Task): string => task.translation?.proposal?.text ?? task.translation?.text ?? '';

/** A record as a translator knows it, of which a text is, or of a part of which. */
interface TextRecord {
  id: string;
  code: string;
  title: LocalizedTextFields | null | undefined;
  /** The text is one of a part of it. */
  isPart: boolean;
}

/** The record of a text; null where only what it is a text of is known. */
export function recordOf({ subject }: Task): TextRecord | null {
  if (!subject || !('id' in subject)) return null;
  if (subject.__typename === 'CodeListItem') return { id: subject.id, code: subject.code, title: subject.codeList.title, isPart: false };
  if ('title' in subject) return { id: subject.id, code: subject.code, title: subject.title, isPart: false };
  const whole = 'project' in subject ? subject.project : 'result' in subject ? subject.result.project : 'agreement' in subject ? subject.agreement : 'evaluation' in subject ? subject.evaluation : null;
  return whole && { id: whole.id, code: whole.code, title: whole.title, isPart: true };
}

/** Tasks of one record and its parts stand together, in the order in which the records first come. */
export function byRecord(tasks: readonly Task[]): Task[][] {
  const groups = new Map<string, Task[]>();
  for (const task of tasks) {
    const key = recordOf(task)?.id ?? (task.subject && 'id' in task.subject ? task.subject.id : task.id);
    groups.set(key, [...(groups.get(key) ?? []), task]);
  }
  return [...groups.values()];
}
