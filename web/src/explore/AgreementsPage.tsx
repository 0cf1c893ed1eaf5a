import type { ReactNode } from 'react';
import { graphql } from '../gql';
import type { AgreementKind, AgreementOrderField, AgreementStatus, AgreementWhere, ExploreAgreementsQuery } from '../gql/graphql';
import { ask } from '../graph/ask';
import { useGraph } from '../graph/useGraph';
import { useNames } from '../look/useNames';
import { Explore, LARGEST_PAGE, type Listing, type Row, useSelection } from './Explore';
import { useCells } from './cells';
import { enumChoices, recordChoices } from './choices';
import { orderOf } from './selection';

const Agreements = graphql(`
  query ExploreAgreements($where: AgreementWhere, $orderBy: [AgreementOrder!], $first: Int!, $after: Cursor) {
    agreements(where: $where, orderBy: $orderBy, first: $first, after: $after) {
      totalCount
      pageInfo { endCursor hasNextPage }
      nodes { id code kind status signedOn expiresOn title { text locale direction } projects { totalCount } }
    }
  }
`);

// Apart from the rows: what may be counted costs by the length of its page.
const Counts = graphql(`
  query ExploreAgreementCounts($where: AgreementWhere) {
    agreements(where: $where, first: 1) {
      status: facet(by: STATUS) { value count }
      kind: facet(by: KIND) { value count }
      organization: facet(by: ORGANIZATION, first: 12) { value count record { ... on Organization { name { text locale direction } } } }
    }
  }
`);

const listing: Listing = {
  name: 'agreements',
  facets: ['status', 'kind', 'organization'],
  columns: [{ name: 'kind', sort: 'KIND' }, { name: 'status', sort: 'STATUS' }, { name: 'signedOn', sort: 'SIGNED_ON' }, { name: 'expiresOn', sort: 'EXPIRES_ON' }, { name: 'projects', number: true }],
  sorts: ['CODE', 'KIND', 'STATUS', 'SIGNED_ON', 'EXPIRES_ON'],
  usualSort: '-SIGNED_ON',
};

type Node = ExploreAgreementsQuery['agreements']['nodes'][number];

/** The register of agreements. */
export default function AgreementsPage(): ReactNode {
  const names = useNames();
  const cells = useCells();
  const [selection, select] = useSelection(listing);
  const where: AgreementWhere = {};
  const { status, kind, organization } = selection.chosen;
  if (selection.words.trim()) where.search = selection.words;
  // The server refuses a value that is none, with a message for the reader of the address.
  if (status?.length) where.status = { in: status as AgreementStatus[] };
  if (kind?.length) where.kind = { in: kind as AgreementKind[] };
  if (organization?.length) where.organizations = { some: { id: { in: organization } } };
  const variables = { where, orderBy: [orderOf<AgreementOrderField>(selection)] };
  const answer = useGraph(Agreements, { ...variables, first: 25, after: selection.after });
  const counts = useGraph(Counts, { where }).data?.agreements;
  const row = (a: Node): Row => ({
    id: a.id,
    to: `/agreements/${a.id}`,
    title: a.title,
    code: a.code,
    cells: [
      cells.word(names('AgreementKind', a.kind)),
      cells.state(a.status === 'IN_FORCE' ? 'published' : 'neutral', names('AgreementStatus', a.status)),
      cells.day(a.signedOn),
      cells.day(a.expiresOn),
      cells.count(a.projects.totalCount),
    ],
  });
  return (
    <Explore
      listing={listing}
      selection={selection}
      onSelect={select}
      answer={answer}
      page={answer.data?.agreements}
      facets={counts && {
        status: enumChoices(counts.status, (v) => names('AgreementStatus', v)),
        kind: enumChoices(counts.kind, (v) => names('AgreementKind', v)),
        organization: recordChoices(counts.organization),
      }}
      rows={answer.data?.agreements.nodes.map(row)}
      read={async (after, signal) => {
        const { agreements: page } = await ask(Agreements, { ...variables, first: LARGEST_PAGE, after }, signal);
        return { page, rows: page.nodes.map(row) };
      }}
    />
  );
}
