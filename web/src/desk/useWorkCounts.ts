import { recordTypes } from '../edit/kinds';
import { graphql } from '../gql';
import { useGraph } from '../graph/useGraph';

const Counts = graphql(`
  query DeskCounts($types: [String!]!) {
    a1: agreements(where: { state: { eq: SUBMITTED } }) { totalCount }
    p1: projects(where: { state: { eq: SUBMITTED } }) { totalCount }
    o1: organizations(where: { state: { eq: SUBMITTED } }) { totalCount }
    e1: evaluations(where: { state: { eq: SUBMITTED } }) { totalCount }
    c1: pendingChanges(where: { state: { eq: SUBMITTED }, subjectKind: { in: $types } }) { totalCount }
    a2: agreements(where: { state: { eq: RETURNED } }) { totalCount }
    p2: projects(where: { state: { eq: RETURNED } }) { totalCount }
    o2: organizations(where: { state: { eq: RETURNED } }) { totalCount }
    e2: evaluations(where: { state: { eq: RETURNED } }) { totalCount }
    c2: pendingChanges(where: { state: { eq: RETURNED }, subjectKind: { in: $types } }) { totalCount }
  }
`);

/** How many records and changes wait for a review, and how many came back; null until known. */
export function useWorkCounts(): { review: number; returned: number } | null {
  const { data } = useGraph(Counts, { types: recordTypes });
  if (!data) return null;
  const sum = (...lists: { totalCount: number }[]): number => lists.reduce((total, list) => total + list.totalCount, 0);
  return { review: sum(data.a1, data.p1, data.o1, data.e1, data.c1), returned: sum(data.a2, data.p2, data.o2, data.e2, data.c2) };
}
