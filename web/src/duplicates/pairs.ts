import { graphql } from '../gql';
import type { DuplicatesQuery, DuplicatesToldQuery, MergedField } from '../gql/graphql';

/** Pairs that may be one, the likeliest first. */
export const Duplicates = graphql(`
  query Duplicates($after: Cursor) {
    organizationDuplicates(first: 25, after: $after) {
      totalCount
      pageInfo { endCursor hasNextPage }
      nodes { id score reasons identifier first { ...DuplicateSide } second { ...DuplicateSide } }
    }
  }
  fragment DuplicateSide on Organization {
    id
    code
    version
    state
    kind
    acronym
    website
    iatiIdentifier
    createdAt
    name { text locale direction }
    names: translations(where: { field: { eq: "name" } }, first: 20) { nodes { id locale text } }
    type { name { text } }
    country { name { text } }
    parent { id name { text locale direction } }
    identifiers { id scheme value }
    aliases { id name }
    agreements(first: 3) { totalCount nodes { id code title { text locale direction } } }
    projects(first: 3) { totalCount nodes { id code title { text locale direction } } }
    transactionsGiven { totalCount }
    transactionsReceived { totalCount }
  }
`);

/** What people have told apart. */
export const Distinctions = graphql(`
  query DuplicatesTold {
    organizationDistinctions(first: 100) {
      totalCount
      nodes { id version note createdAt first { id code name { text locale direction } } second { id code name { text locale direction } } }
    }
  }
`);

export const Merge = graphql(`
  mutation DuplicatesMerge($input: MergeOrganizationsInput!) {
    mergeOrganizations(input: $input) { organization { id name { text locale direction } } userErrors { path code message messageAr } }
  }
`);
export const TellApart = graphql(`
  mutation DuplicatesTellApart($input: CreateOrganizationDistinctionInput!) {
    createOrganizationDistinction(input: $input) { organizationDistinction { id version } userErrors { path code message messageAr } }
  }
`);
export const TakeBack = graphql(`
  mutation DuplicatesTakeBack($input: RecordInput!) {
    removeOrganizationDistinction(input: $input) { userErrors { path code message messageAr } }
  }
`);

/** Two organizations that may be one. */
export type Pair = DuplicatesQuery['organizationDuplicates']['nodes'][number];
/** Two that were told apart. */
export type Distinction = DuplicatesToldQuery['organizationDistinctions']['nodes'][number];
/** One of the two. */
export type Side = NonNullable<Pair['first']>;

/** A field that the record that stays may take over, and what a record has there, as words. */
export interface Choosable {
  field: MergedField;
  of: (side: Side) => string;
}

/** The fields that can be chosen one by one; kinds are named by the caller. */
export const choosable = (kindName: (kind: string) => string): Choosable[] => [
  { field: 'KIND', of: (side) => kindName(side.kind) },
  { field: 'TYPE', of: (side) => side.type?.name?.text ?? '' },
  { field: 'COUNTRY', of: (side) => side.country?.name?.text ?? '' },
  { field: 'ACRONYM', of: (side) => side.acronym ?? '' },
  { field: 'WEBSITE', of: (side) => side.website ?? '' },
  { field: 'IATI_IDENTIFIER', of: (side) => side.iatiIdentifier ?? '' },
];

/** Whether the two have different values in a field, so that somebody must choose: what only one of them has is kept in any case. */
export const differs = (choice: Choosable, stays: Side, goes: Side): boolean => choice.of(stays) !== '' && choice.of(goes) !== '' && choice.of(stays) !== choice.of(goes);

/** How much hangs on a record: what is linked to more stays unless somebody chooses otherwise. */
export const weight = (side: Side): number => side.agreements.totalCount * 10 + side.projects.totalCount + side.transactionsGiven.totalCount + side.transactionsReceived.totalCount;
