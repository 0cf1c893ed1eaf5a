import { graphql } from '../gql';
import type { TranslationQueueQuery } from '../gql/graphql';
import type { BadgeState } from '../look/Badge';
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
        }
        translation { id version text status comment translator reviewer certifier proposal { text translator } }
      }
    }
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

/** Tasks of one record stand together, in the order in which the records first come. */
export function byRecord(tasks: readonly Task[]): Task[][] {
  const groups = new Map<string, Task[]>();
  for (const task of tasks) {
    const key = task.subject && 'id' in task.subject ? task.subject.id : task.id;
    groups.set(key, [...(groups.get(key) ?? []), task]);
  }
  return [...groups.values()];
}
