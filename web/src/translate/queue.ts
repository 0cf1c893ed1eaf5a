import { graphql } from '../gql';
import type { TranslationQueueQuery, TranslationTaskKind } from '../gql/graphql';

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
        subject { __typename ... on Node { id } }
        translation { id version text status comment translator reviewer proposal { text translator } }
      }
    }
    workingLocales { locale }
  }
`);

/** One text with which something is to be done. */
export type Task = TranslationQueueQuery['translationTasks']['nodes'][number];

/** The tasks in the order in which a text goes through them. */
export const tasks: readonly TranslationTaskKind[] = ['MISSING', 'STALE', 'RETURNED', 'REVIEW', 'CERTIFY'];

/** The text as it stands: the newer one that waits, or the one that readers see. */
export const standing = (task: Task): string => task.translation?.proposal?.text ?? task.translation?.text ?? '';

/** The direction in which a language is written. */
export function directionOf(locale: string): 'rtl' | 'ltr' {
  return /^(ar|fa|ur|he|ku-Arab|ckb|syr|arc)\b/.test(locale) ? 'rtl' : 'ltr';
}
