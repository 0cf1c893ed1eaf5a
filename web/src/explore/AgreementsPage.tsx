import type { ReactNode } from 'react';
import { graphql } from '../gql';
import type { AgreementKind, AgreementOrderField, AgreementStatus, AgreementWhere } from '../gql/graphql';
import { useGraph } from '../graph/useGraph';
import { Badge } from '../look/Badge';
import { useNames } from '../look/useNames';
import { useFormat } from '../shell/format';
import { Explore, type Listing, useSelection } from './Explore';
import { enumChoices, recordChoices } from './choices';

const Agreements = graphql(`
  query ExploreAgreements($where: AgreementWhere, $orderBy: [AgreementOrder!], $after: Cursor) {
    agreements(where: $where, orderBy: $orderBy, first: 25, after: $after) {
      totalCount
      pageInfo { endCursor hasNextPage }
      status: facet(by: STATUS) { value count }
      kind: facet(by: KIND) { value count }
      organization: facet(by: ORGANIZATION, first: 12) { value count record { ... on Organization { name { text locale direction } } } }
      nodes { id code kind status signedOn expiresOn title { text locale direction } projects { totalCount } }
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

/** The register of agreements. */
export default function AgreementsPage(): ReactNode {
  const names = useNames();
  const format = useFormat();
  const [selection, select] = useSelection(listing);
  const where: AgreementWhere = {};
  const { status, kind, organization } = selection.chosen;
  if (selection.words.trim()) where.search = selection.words;
  // The server refuses a value that is none, with a message for the reader of the address.
  if (status?.length) where.status = { in: status as AgreementStatus[] };
  if (kind?.length) where.kind = { in: kind as AgreementKind[] };
  if (organization?.length) where.organizations = { some: { id: { in: organization } } };
  const { data, error, isFetching, refetch } = useGraph(Agreements, {
    where,
    orderBy: [{ field: selection.sort.replace(/^-/, '') as AgreementOrderField, direction: selection.sort.startsWith('-') ? 'DESC' : 'ASC', nulls: 'LAST' }],
    after: selection.after,
  });
  const page = data?.agreements;
  const day = (iso: string | null | undefined): { shown: string; plain: string } => ({ shown: iso ? format.date(iso) : '–', plain: iso ?? '' });
  return (
    <Explore
      listing={listing}
      selection={selection}
      onSelect={select}
      answer={{
        error,
        isFetching,
        refetch: () => void refetch(),
        shown: page
          ? {
              total: page.totalCount,
              endCursor: page.pageInfo.endCursor ?? null,
              hasNextPage: page.pageInfo.hasNextPage,
              facets: {
                status: enumChoices(page.status, (v) => names('AgreementStatus', v)),
                kind: enumChoices(page.kind, (v) => names('AgreementKind', v)),
                organization: recordChoices(page.organization),
              },
              rows: page.nodes.map((a) => ({
                id: a.id,
                to: `/agreements/${a.id}`,
                title: a.title,
                code: a.code,
                cells: [
                  { shown: names('AgreementKind', a.kind), plain: names('AgreementKind', a.kind) },
                  { shown: <Badge state={a.status === 'IN_FORCE' ? 'published' : 'neutral'}>{names('AgreementStatus', a.status)}</Badge>, plain: names('AgreementStatus', a.status) },
                  day(a.signedOn),
                  day(a.expiresOn),
                  { shown: format.number(a.projects.totalCount), plain: String(a.projects.totalCount) },
                ],
              })),
            }
          : null,
      }}
    />
  );
}
