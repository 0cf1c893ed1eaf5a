import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../gql';
import type { ExploreOrganizationsQuery, OrganizationKind, OrganizationOrderField, OrganizationWhere } from '../gql/graphql';
import { ask } from '../graph/ask';
import { useGraph } from '../graph/useGraph';
import { useNames } from '../look/useNames';
import { Explore, LARGEST_PAGE, type Listing, PAGE, type Row, useSelection } from './Explore';
import { useCells } from './cells';
import { enumChoices, recordChoices } from './choices';
import { type Selection, orderOf, without } from './selection';

const Organizations = graphql(`
  query ExploreOrganizations($where: OrganizationWhere, $orderBy: [OrganizationOrder!], $first: Int!, $after: Cursor) {
    organizations(where: $where, orderBy: $orderBy, first: $first, after: $after) {
      totalCount
      pageInfo { endCursor hasNextPage }
      nodes { id code state kind name { text locale direction } country { id name { text locale direction } } agreements { totalCount } projects { totalCount } }
    }
  }
`);

// Apart from the rows: what may be counted costs by the length of its page. Each facet counts what the other leaves.
const Counts = graphql(`
  query ExploreOrganizationCounts($kind: OrganizationWhere, $country: OrganizationWhere) {
    kind: organizations(where: $kind, first: 1) { counts: facet(by: KIND) { value count } }
    country: organizations(where: $country, first: 1) { counts: facet(by: COUNTRY, first: 60) { value count record { ... on CodeListItem { name { text locale direction } } } } }
  }
`);

const Count = graphql(`
  query ExploreOrganizationCount($where: OrganizationWhere) {
    organizations(where: $where, first: 1) { totalCount }
  }
`);

const listing: Listing = {
  name: 'organizations',
  facets: ['kind', 'country', 'engaged'],
  // It comes from the figure of the first page, whose list it narrows.
  asked: ['engaged'],
  columns: [{ name: 'kind', sort: 'KIND' }, { name: 'country' }, { name: 'agreements', number: true }, { name: 'projects', number: true }],
  sorts: ['CODE', 'KIND'],
  usualSort: 'CODE',
};

type Node = ExploreOrganizationsQuery['organizations']['nodes'][number];

/** Party to an agreement in force, or partner in a project under way: as the figure of the first page counts. */
const ENGAGED_NOW: OrganizationWhere = { or: [{ agreements: { some: { status: { eq: 'IN_FORCE' } } } }, { projects: { some: { status: { eq: 'IMPLEMENTATION' } } } }] };

/** The organizations that a selection is about. */
function whereOf({ words, chosen: { kind, country, engaged } }: Selection): OrganizationWhere {
  const where: OrganizationWhere = {};
  if (words.trim()) where.search = words;
  // The server refuses a value that is none, with a message for the reader of the address.
  if (kind?.length) where.kind = { in: kind as OrganizationKind[] };
  if (country?.length) where.country = { id: { in: country } };
  return engaged?.length ? { ...where, ...ENGAGED_NOW } : where;
}

/** The directory of organizations. */
export default function OrganizationsPage(): ReactNode {
  const { t } = useTranslation('explore');
  const names = useNames();
  const cells = useCells();
  const [selection, select] = useSelection(listing);
  const variables = { where: whereOf(selection), orderBy: [orderOf<OrganizationOrderField>(selection)] };
  const answer = useGraph(Organizations, { ...variables, first: PAGE, after: selection.after });
  const counts = useGraph(Counts, { kind: whereOf(without(selection, 'kind')), country: whereOf(without(selection, 'country')) }).data;
  const row = (o: Node): Row => ({
    id: o.id,
    to: `/organizations/${o.id}`,
    state: o.state,
    title: o.name,
    code: o.code,
    cells: [
      cells.word(names('OrganizationKind', o.kind)),
      cells.texts([o.country?.name]),
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
      facets={counts && { kind: enumChoices(counts.kind.counts, (v) => names('OrganizationKind', v)), country: recordChoices(counts.country.counts, t('facet.notStated')) }}
      names={{ kind: (value) => names('OrganizationKind', value), engaged: () => t('engaged.organizations') }}
      rows={answer.data?.organizations.nodes.map(row)}
      count={async (other, signal) => (await ask(Count, { where: whereOf(other) }, signal)).organizations.totalCount}
      read={async (after, signal) => {
        const { organizations: page } = await ask(Organizations, { ...variables, first: LARGEST_PAGE, after }, signal);
        return { page, rows: page.nodes.map(row) };
      }}
    />
  );
}
