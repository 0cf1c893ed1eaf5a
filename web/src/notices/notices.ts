import { pages } from '../edit/kinds';
import { graphql } from '../gql';
import type { NoticeKind, NoticesQuery } from '../gql/graphql';
import type { BadgeState } from '../look/Badge';

/** What others did to the work of whoever is signed in, the latest first. */
export const Notices = graphql(`
  query Notices {
    notices(first: 30) {
      kind
      at
      actorName
      comment
      field
      status
      isSeen
      change { id state }
      task { id task locale }
      record {
        __typename
        ... on Node { id }
        ... on Agreement { code state title { text locale direction } }
        ... on Project { code state title { text locale direction } }
        ... on Organization { code state title: name { text locale direction } }
        ... on Evaluation { code state title { text locale direction } }
        ... on AdministrativeUnit { code: pcode state title: name { text locale direction } }
        ... on Page { code: slug state title { text locale direction } }
        ... on TranslationRequest { code status title { text locale direction } }
        ... on ImportRun { code: name outcome: state }
      }
    }
  }
`);

export const See = graphql(`
  mutation NoticesSee($input: SeeNoticesInput!) {
    seeNotices(input: $input) { userErrors { code } }
  }
`);

/** One thing that happened. */
export type Notice = NoticesQuery['notices'][number];

/** As many as are asked for; when they all come, there may be more. */
export const MOST = 30;

/** Tells notices apart. */
export const keyOf = (notice: Notice): string => `${notice.kind} ${notice.at} ${notice.record?.id ?? ''}`;

/** How each is marked. */
export const shapes: Record<NoticeKind, BadgeState> = {
  PUBLISHED: 'published',
  RETURNED: 'returned',
  WITHDRAWN: 'draft',
  DROPPED: 'archived',
  EDITED: 'stale',
  TRANSLATION_RETURNED: 'returned',
  REQUEST: 'submitted',
  IMPORT: 'done',
};

/** Where a notice leads: to where something is to be done about it, or else to what it is about; null if that is gone. */
export function placeOf(notice: Notice): string | null {
  const { record, change, task } = notice;
  if (!record) return null;
  if (record.__typename === 'ImportRun') return `/desk/imports?item=${record.id}`;
  if (record.__typename === 'TranslationRequest') return `/desk/requests?state=${record.status}&item=${record.id}`;
  if (task) return `/desk/translations?task=${task.task}&locale=${task.locale}&item=${task.id}`;
  const state = change?.state ?? record.state;
  const item = change?.id ?? record.id;
  if (state === 'DRAFT' || state === 'RETURNED') return `/desk/drafts?item=${item}`;
  if (state === 'SUBMITTED') return `/desk/review?item=${item}`;
  return pages[record.__typename] + record.id;
}
