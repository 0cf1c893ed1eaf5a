import { isOfUnits } from '../edit/rights';
import { graphql } from '../gql';
import type { ArchiveListQuery, ArchiveStandingQuery } from '../gql/graphql';
import { useGraph } from '../graph/useGraph';
import { useMoment } from '../past/moment';
import { decidesForMinistry, decidesForUnits } from '../sign/ministry';
import type { Who } from '../sign/session';

/** Where a record stands, who keeps it, what waits of it, and how much is linked to it. */
const StandingOf = graphql(`
  query ArchiveStanding($id: ID!) {
    node(id: $id) {
      __typename
      ... on Agreement {
        id version state stateComment code title { text }
        owner { id parent { id parent { id parent { id } } } }
        linked: projects(first: 1) { totalCount }
        duties: obligations(where: { state: { in: [PENDING, DUE_SOON, OVERDUE] } }, first: 1) { totalCount }
        pendingChanges(where: { state: { in: [DRAFT, SUBMITTED, RETURNED] } }, first: 1) { nodes { id state } }
      }
      ... on Project {
        id version state stateComment code title { text }
        owner { id parent { id parent { id parent { id } } } }
        linked: agreements(first: 1) { totalCount }
        pendingChanges(where: { state: { in: [DRAFT, SUBMITTED, RETURNED] } }, first: 1) { nodes { id state } }
      }
      ... on Organization {
        id version state stateComment code title: name { text }
        owner { id parent { id parent { id parent { id } } } }
        linked: projects(first: 1) { totalCount }
        agreements(first: 1) { totalCount }
        mergedInto { id }
        pendingChanges(where: { state: { in: [DRAFT, SUBMITTED, RETURNED] } }, first: 1) { nodes { id state } }
      }
      ... on Evaluation {
        id version state stateComment code title { text }
        owner { id parent { id parent { id parent { id } } } }
        pendingChanges(where: { state: { in: [DRAFT, SUBMITTED, RETURNED] } }, first: 1) { nodes { id state } }
      }
      ... on AdministrativeUnit {
        id version state stateComment code: pcode title: name { text }
        linked: projects(first: 1) { totalCount }
        pendingChanges(where: { state: { in: [DRAFT, SUBMITTED, RETURNED] } }, first: 1) { nodes { id state } }
      }
      ... on Page {
        id version state stateComment code: slug title { text }
        pendingChanges(where: { state: { in: [DRAFT, SUBMITTED, RETURNED] } }, first: 1) { nodes { id state } }
      }
    }
  }
`);

/** A record as far as its place on the way to publication goes. */
export type Standing = Extract<NonNullable<ArchiveStandingQuery['node']>, { state: string }>;

/** Where a record stands today; undefined until it is known, and on a page that shows the past. */
export function useStanding(id: string): Standing | undefined {
  const moment = useMoment();
  const node = useGraph(StandingOf, { id }, { enabled: moment === null }).data?.node;
  return node && 'state' in node ? node : undefined;
}

export const Archive = graphql(`mutation ArchiveRecord($input: RecordInput!) { step: archiveRecord(input: $input) { ...DeskStepped } }`);
export const Restore = graphql(`mutation ArchiveRestore($input: RecordInput!) { step: restoreRecord(input: $input) { ...DeskStepped } }`);

/** What is archived, of every kind of record, the latest first. */
export const List = graphql(`
  query ArchiveList {
    agreements(where: { state: { eq: ARCHIVED } }, orderBy: [{ field: UPDATED_AT, direction: DESC }], first: 100) {
      totalCount
      nodes { __typename id code stateComment updatedAt title { text locale direction } }
    }
    projects(where: { state: { eq: ARCHIVED } }, orderBy: [{ field: UPDATED_AT, direction: DESC }], first: 100) {
      totalCount
      nodes { __typename id code stateComment updatedAt title { text locale direction } }
    }
    organizations(where: { state: { eq: ARCHIVED } }, orderBy: [{ field: UPDATED_AT, direction: DESC }], first: 100) {
      totalCount
      nodes { __typename id code stateComment updatedAt title: name { text locale direction } mergedInto { id name { text locale direction } } }
    }
    evaluations(where: { state: { eq: ARCHIVED } }, orderBy: [{ field: UPDATED_AT, direction: DESC }], first: 100) {
      totalCount
      nodes { __typename id code stateComment updatedAt title { text locale direction } }
    }
    administrativeUnits(where: { state: { eq: ARCHIVED } }, orderBy: [{ field: UPDATED_AT, direction: DESC }], first: 100) {
      totalCount
      nodes { __typename id code: pcode stateComment updatedAt title: name { text locale direction } }
    }
    pages(where: { state: { eq: ARCHIVED } }, orderBy: [{ field: UPDATED_AT, direction: DESC }], first: 100) {
      totalCount
      nodes { __typename id code: slug stateComment updatedAt title { text locale direction } }
    }
  }
`);

/** One archived record. */
export type Archived = ArchiveListQuery[keyof ArchiveListQuery]['nodes'][number];

/** Everything that is archived, the latest first, and how many more there are than were read. */
export function archivedOf(list: ArchiveListQuery): { records: Archived[]; more: number } {
  const lists: { totalCount: number; nodes: readonly Archived[] }[] = Object.values(list);
  const records = lists.flatMap(({ nodes }) => nodes).sort((a, b) => b.updatedAt.localeCompare(a.updatedAt));
  return { records, more: lists.reduce((total, { totalCount }) => total + totalCount, 0) - records.length };
}

interface Unit {
  id: string;
  parent?: Unit | null;
}

/** The ids of a unit of the ministry and of those above it. */
const upwards = (unit: Unit | null | undefined): string[] => (unit ? [unit.id, ...upwards(unit.parent)] : []);

/** Whether somebody decides about a record: archives it, and brings it back. */
export const decidesAbout = (record: Standing, who: Who | undefined): boolean =>
  isOfUnits(record.__typename) ? decidesForUnits(who, upwards('owner' in record ? record.owner : null)) : decidesForMinistry(who);
