import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../gql';
import type { AgreementKind, AgreementOrderField, AgreementStatus, AgreementWhere, ExploreAgreementsQuery } from '../gql/graphql';
import { ask } from '../graph/ask';
import { useGraph } from '../graph/useGraph';
import { agreementState } from '../look/states';
import { useNames } from '../look/useNames';
import { Explore, LARGEST_PAGE, type Listing, PAGE, type Row, useSelection } from './Explore';
import { MeterKey, type Shares } from './Meter';
import { useCells } from './cells';
import { enumChoices, recordChoices } from './choices';
import { type Selection, orderOf, without } from './selection';

const Agreements = graphql(`
  query ExploreAgreements($where: AgreementWhere, $orderBy: [AgreementOrder!], $first: Int!, $after: Cursor) {
    agreements(where: $where, orderBy: $orderBy, first: $first, after: $after) {
      totalCount
      pageInfo { endCursor hasNextPage }
      nodes {
        id code state kind status signedOn expiresOn
        title { text locale direction }
        envelope { amount currency }
        parties { role name { text locale direction } organization { kind name { text locale direction } } }
        next: obligations(where: { state: { in: [PENDING, DUE_SOON, OVERDUE] } }, first: 1) { nodes { nextDueOn state text { text locale direction } } }
      }
    }
  }
`);

// Apart from the rows, which stand at once: money takes longer to add up.
const Money = graphql(`
  query ExploreAgreementMoney($where: AgreementWhere, $orderBy: [AgreementOrder!], $first: Int!, $after: Cursor) {
    agreements(where: $where, orderBy: $orderBy, first: $first, after: $after) {
      nodes { id delivered(currency: "USD") { committed: total(measure: COMMITMENT) { envelopeShare } disbursed: total(measure: DISBURSEMENT) { envelopeShare } } }
    }
  }
`);

// Apart from the rows: what may be counted costs by the length of its page. Each facet counts what all others leave.
const Counts = graphql(`
  query ExploreAgreementCounts($status: AgreementWhere, $kind: AgreementWhere, $sector: AgreementWhere, $organization: AgreementWhere) {
    status: agreements(where: $status, first: 1) { counts: facet(by: STATUS) { value count } }
    kind: agreements(where: $kind, first: 1) { counts: facet(by: KIND) { value count } }
    sector: agreements(where: $sector, first: 1) { counts: facet(by: SECTOR, first: 60) { value count record { ... on CodeListItem { name { text locale direction } } } } }
    organization: agreements(where: $organization, first: 1) { counts: facet(by: ORGANIZATION, first: 60) { value count record { ... on Organization { name { text locale direction } } } } }
  }
`);

const Count = graphql(`
  query ExploreAgreementCount($where: AgreementWhere) {
    agreements(where: $where, first: 1) { totalCount }
  }
`);

const facets = ['status', 'kind', 'sector', 'organization'] as const;

const listing: Listing = {
  name: 'agreements',
  facets,
  columns: [
    { name: 'parties' },
    { name: 'status', sort: 'STATUS' },
    { name: 'term', sort: 'SIGNED_ON', parts: ['signedOn', 'expiresOn'] },
    { name: 'envelope', number: true, parts: ['amount', 'currency'] },
    { name: 'duty', parts: ['duty', 'dutyOn'] },
  ],
  sorts: ['CODE', 'KIND', 'STATUS', 'SIGNED_ON', 'EXPIRES_ON'],
  usualSort: '-SIGNED_ON',
};

type Node = ExploreAgreementsQuery['agreements']['nodes'][number];

/** The agreements that a selection is about. */
function whereOf({ words, chosen }: Selection): AgreementWhere {
  const { status, kind, sector, organization } = chosen;
  const where: AgreementWhere = {};
  if (words.trim()) where.search = words;
  // The server refuses a value that is none, with a message for the reader of the address.
  if (status?.length) where.status = { in: status as AgreementStatus[] };
  if (kind?.length) where.kind = { in: kind as AgreementKind[] };
  if (sector?.length) where.sectors = { some: { id: { in: sector } } };
  if (organization?.length) where.organizations = { some: { id: { in: organization } } };
  return where;
}

/** The parties other than ministries, who sign nearly everything; all of them where there are no others. */
function others(parties: Node['parties']): Node['parties'] {
  const signed = parties.filter((party) => party.role === 'PARTY');
  const abroad = signed.filter((party) => party.organization?.kind !== 'MINISTRY');
  return abroad.length > 0 ? abroad : signed;
}

/** The register of agreements. */
export default function AgreementsPage(): ReactNode {
  const { t } = useTranslation('explore');
  const names = useNames();
  const cells = useCells();
  const [selection, select] = useSelection(listing);
  const where = whereOf(selection);
  const variables = { where, orderBy: [orderOf<AgreementOrderField>(selection)] };
  const answer = useGraph(Agreements, { ...variables, first: PAGE, after: selection.after });
  const counts = useGraph(Counts, Object.fromEntries(facets.map((facet) => [facet, whereOf(without(selection, facet))]))).data;
  const money = useGraph(Money, { ...variables, first: PAGE, after: selection.after }).data?.agreements.nodes ?? [];
  const sharesOf = (id: string): Shares | undefined => {
    const delivered = money.find((agreement) => agreement.id === id)?.delivered;
    return delivered && { committed: Number(delivered.committed[0]?.envelopeShare ?? 0), disbursed: Number(delivered.disbursed[0]?.envelopeShare ?? 0) };
  };
  const row = (a: Node): Row => ({
    id: a.id,
    to: `/agreements/${a.id}`,
    state: a.state,
    title: a.title,
    code: a.code,
    kind: names('AgreementKind', a.kind),
    cells: [
      cells.texts(others(a.parties).map((party) => party.organization?.name ?? party.name)),
      cells.state(agreementState(a.status), names('AgreementStatus', a.status)),
      cells.term(a.signedOn, a.expiresOn),
      cells.money(a.envelope, sharesOf(a.id)),
      cells.duty(a.next.nodes[0]),
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
        status: enumChoices(counts.status.counts, (v) => names('AgreementStatus', v)),
        kind: enumChoices(counts.kind.counts, (v) => names('AgreementKind', v)),
        sector: recordChoices(counts.sector.counts, t('facet.notStated')),
        organization: recordChoices(counts.organization.counts, t('facet.notStated')),
      }}
      names={{ status: (value) => names('AgreementStatus', value), kind: (value) => names('AgreementKind', value) }}
      rows={answer.data?.agreements.nodes.map(row)}
      legend={<MeterKey />}
      count={async (other, signal) => (await ask(Count, { where: whereOf(other) }, signal)).agreements.totalCount}
      read={async (after, signal) => {
        const { agreements: page } = await ask(Agreements, { ...variables, first: LARGEST_PAGE, after }, signal);
        return { page, rows: page.nodes.map(row) };
      }}
    />
  );
}
