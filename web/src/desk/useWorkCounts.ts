import { recordTypes } from '../edit/kinds';
import { graphql } from '../gql';
import type { Role } from '../gql/graphql';
import { useGraph } from '../graph/useGraph';
import { useLanguage } from '../shell/language';
import { openStates } from '../requests/steps';
import { staff } from '../sign/session';
import { Day, dayFrom } from './agenda';

const Counts = graphql(`
  query DeskCounts($types: [String!]!) {
    a1: agreements(where: { state: { eq: SUBMITTED } }) { totalCount }
    p1: projects(where: { state: { eq: SUBMITTED } }) { totalCount }
    o1: organizations(where: { state: { eq: SUBMITTED } }) { totalCount }
    e1: evaluations(where: { state: { eq: SUBMITTED } }) { totalCount }
    u1: administrativeUnits(where: { state: { eq: SUBMITTED } }) { totalCount }
    g1: pages(where: { state: { eq: SUBMITTED } }) { totalCount }
    c1: pendingChanges(where: { state: { eq: SUBMITTED }, subjectKind: { in: $types } }) { totalCount }
    a2: agreements(where: { state: { eq: RETURNED } }) { totalCount }
    p2: projects(where: { state: { eq: RETURNED } }) { totalCount }
    o2: organizations(where: { state: { eq: RETURNED } }) { totalCount }
    e2: evaluations(where: { state: { eq: RETURNED } }) { totalCount }
    u2: administrativeUnits(where: { state: { eq: RETURNED } }) { totalCount }
    g2: pages(where: { state: { eq: RETURNED } }) { totalCount }
    c2: pendingChanges(where: { state: { eq: RETURNED }, subjectKind: { in: $types } }) { totalCount }
  }
`);

const Texts = graphql(`
  query DeskTexts($locale: String!, $open: [TranslationRequestStatus!]) {
    stale: translationTasks(where: { task: { eq: STALE }, locale: { eq: $locale } }, first: 1) { totalCount }
    requests: translationRequests(where: { status: { in: $open } }, first: 1) { totalCount }
  }
`);

/** How many records and changes wait for a review, and how many came back; null until known. */
export function useWorkCounts(): { review: number; returned: number } | null {
  const { data } = useGraph(Counts, { types: recordTypes });
  if (!data) return null;
  const sum = (...lists: { totalCount: number }[]): number => lists.reduce((total, list) => total + list.totalCount, 0);
  return { review: sum(data.a1, data.p1, data.o1, data.e1, data.u1, data.g1, data.c1), returned: sum(data.a2, data.p2, data.o2, data.e2, data.u2, data.g2, data.c2) };
}

/** How much waits behind the entries of the menu, by their names, as far as it is known and the roles may see it. */
export function useMenuCounts(roles: readonly Role[]): Record<string, number> {
  const { locale } = useLanguage();
  const work = useWorkCounts();
  // The same question as my day asks, so that it is asked once.
  const late = useGraph(Day, { from: null, to: dayFrom(-1), kinds: null }).data?.agenda.length ?? 0;
  const texts = useGraph(Texts, { locale, open: [...openStates] }, { enabled: roles.some((role) => staff.includes(role)) }).data;
  return { day: late, review: work?.review ?? 0, drafts: work?.returned ?? 0, translations: texts?.stale.totalCount ?? 0, requests: texts?.requests.totalCount ?? 0 };
}
