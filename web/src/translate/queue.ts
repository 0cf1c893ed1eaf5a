import { graphql } from '../gql';
import type { TranslationQueueQuery } from '../gql/graphql';

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
        subject { __typename ... on Node { id } }
        translation { id version text status comment translator reviewer proposal { text translator } }
      }
    }
    workingLocales { locale }
  }
`);

/** One text with which something is to be done. */
export type Task = TranslationQueueQuery['translationTasks']['nodes'][number];

/** The text as it stands: the newer one that waits, or the one that readers see. */
export const standing = (task: Task): string => task.translation?.proposal?.text ?? task.translation?.text ?? '';
