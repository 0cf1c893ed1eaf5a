import type { ReactNode } from 'react';
import { graphql } from '../gql';
import type { OrganizationKind, OrganizationOrderField, OrganizationWhere } from '../gql/graphql';
import { useGraph } from '../graph/useGraph';
import { useNames } from '../look/useNames';
import { Explore, type Listing, useSelection } from './Explore';
import { useCells } from './cells';
import { enumChoices, recordChoices } from './choices';
import { orderOf } from './selection';

const Organizations = graphql(`
  query ExploreOrganizations($where: OrganizationWhere, $orderBy: [OrganizationOrder!], $after: Cursor) {
    organizations(where: $where, orderBy: $orderBy, first: 25, after: $after) {
      totalCount
      pageInfo { endCursor hasNextPage }
      kind: facet(by: KIND) { value count }
      country: facet(by: COUNTRY, first: 12) { value count record { ... on CodeListItem { name { text locale direction } } } }
      nodes { id code kind name { text locale direction } country { id name { text } } agreements { totalCount } projects { totalCount } }
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
  const answer = useGraph(Organizations, { where, orderBy: [orderOf<OrganizationOrderField>(selection)], after: selection.after });
  const page = answer.data?.organizations;
  return (
    <Explore
      listing={listing}
      selection={selection}
      onSelect={select}
      answer={answer}
      page={page}
      facets={page && { kind: enumChoices(page.kind, (v) => names('OrganizationKind', v)), country: recordChoices(page.country) }}
      rows={page?.nodes.map((o) => ({
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
      }))}
    />
  );
}
