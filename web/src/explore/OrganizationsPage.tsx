import type { ReactNode } from 'react';
import { graphql } from '../gql';
import type { ExploreOrganizationsQuery, OrganizationKind, OrganizationOrderField, OrganizationWhere } from '../gql/graphql';
import { ask } from '../graph/ask';
import { useGraph } from '../graph/useGraph';
import { useNames } from '../look/useNames';
import { Explore, LARGEST_PAGE, type Listing, type Row, useSelection } from './Explore';
import { useCells } from './cells';
import { enumChoices, recordChoices } from './choices';
import { orderOf } from './selection';

const Organizations = graphql(`
  query ExploreOrganizations($where: OrganizationWhere, $orderBy: [OrganizationOrder!], $first: Int!, $after: Cursor) {
    organizations(where: $where, orderBy: $orderBy, first: $first, after: $after) {
      totalCount
      pageInfo { endCursor hasNextPage }
      nodes { id code kind name { text locale direction } country { id name { text } } agreements { totalCount } projects { totalCount } }
    }
  }
`);

// Apart from the rows: what may be counted costs by the length of its page.
const Counts = graphql(`
  query ExploreOrganizationCounts($where: OrganizationWhere) {
    organizations(where: $where, first: 1) {
      kind: facet(by: KIND) { value count }
      country: facet(by: COUNTRY, first: 12) { value count record { ... on CodeListItem { name { text locale direction } } } }
    }
  }
`);

const listing: Listing = {
  name: 'organizations',
  facets: ['kind', 'country'],
  columns: [{ name: 'kind', sort: 'KIND' }, { name: 'country' }, { name: 'agreements', number: true }, { name: 'projects', number: true }],
  sorts: ['CODE', 'KIND'],
  usualSort: 'CODE',
};

type Node = ExploreOrganizationsQuery['organizations']['nodes'][number];

/** The directory of organizations. */
export default function OrganizationsPage(): ReactNode {
  const names = useNames();
  const cells = useCells();
  const [selection, select] = useSelection(listing);
  const where: OrganizationWhere = {};
  const { kind, country } = selection.chosen;
  if (selection.words.trim()) where.search = selection.words;
  // The server refuses a value that is none, with a message for the reader of the address.
  if (kind?.length) where.kind = { in: kind as OrganizationKind[] };
  if (country?.length) where.country = { id: { in: country } };
  const variables = { where, orderBy: [orderOf<OrganizationOrderField>(selection)] };
  const answer = useGraph(Organizations, { ...variables, first: 25, after: selection.after });
  const counts = useGraph(Counts, { where }).data?.organizations;
  const row = (o: Node): Row => ({
    id: o.id,
    to: `/organizations/${o.id}`,
    title: o.name,
    code: o.code,
    cells: [
      cells.word(names('OrganizationKind', o.kind)),
      cells.word(o.country?.name?.text),
      cells.count(o.agreements.totalCount),
      cells.count(o.projects.totalCount),
    ],
  });
  return (
    <Explore
      listing={listing}
      selection={selection}
      onSelect={select}
      answer={answer}
      page={answer.data?.organizations}
      facets={counts && { kind: enumChoices(counts.kind, (v) => names('OrganizationKind', v)), country: recordChoices(counts.country) }}
      rows={answer.data?.organizations.nodes.map(row)}
      read={async (after, signal) => {
        const { organizations: page } = await ask(Organizations, { ...variables, first: LARGEST_PAGE, after }, signal);
        return { page, rows: page.nodes.map(row) };
      }}
    />
  );
}
