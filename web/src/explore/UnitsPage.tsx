import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../gql';
import type { AdministrativeUnitOrderField, AdministrativeUnitWhere, ExploreUnitsQuery } from '../gql/graphql';
import { ask } from '../graph/ask';
import { useGraph } from '../graph/useGraph';
import { Explore, LARGEST_PAGE, type Listing, PAGE, type Row, useSelection } from './Explore';
import { UnitsMap } from './CountMap';
import { useCells } from './cells';
import { enumChoices } from './choices';
import { type Selection, orderOf, without } from './selection';

const Units = graphql(`
  query ExploreUnits($where: AdministrativeUnitWhere, $orderBy: [AdministrativeUnitOrder!], $first: Int!, $after: Cursor) {
    administrativeUnits(where: $where, orderBy: $orderBy, first: $first, after: $after) {
      totalCount
      pageInfo { endCursor hasNextPage }
      nodes { id pcode state level name { text locale direction } parent { id name { text locale direction } } projects { totalCount } agreements { totalCount } }
    }
  }
`);

// Apart from the rows: what may be counted costs by the length of its page.
const Counts = graphql(`
  query ExploreUnitCounts($level: AdministrativeUnitWhere) {
    level: administrativeUnits(where: $level, first: 1) { counts: facet(by: LEVEL) { value count } }
  }
`);

const Count = graphql(`
  query ExploreUnitCount($where: AdministrativeUnitWhere) {
    administrativeUnits(where: $where, first: 1) { totalCount }
  }
`);

const listing: Listing = {
  name: 'units',
  facets: ['level', 'engaged'],
  // It comes from the figure of the first page, whose list it narrows.
  asked: ['engaged'],
  columns: [{ name: 'level', sort: 'LEVEL' }, { name: 'parent' }, { name: 'projects', number: true }, { name: 'agreements', number: true }],
  sorts: ['PCODE', 'LEVEL'],
  usualSort: 'PCODE',
};

type Node = ExploreUnitsQuery['administrativeUnits']['nodes'][number];

/** The units that a selection is about. */
function whereOf({ words, chosen }: Selection): AdministrativeUnitWhere {
  const where: AdministrativeUnitWhere = {};
  const levels = (chosen['level'] ?? []).map(Number).filter(Number.isInteger);
  if (words.trim()) where.search = words;
  if (levels.length) where.level = { in: levels };
  // A place of work that stands for the unit itself, as the figure of the first page counts.
  return chosen['engaged']?.length ? { ...where, level: { ...where.level, gte: 1 }, validTo: { isNull: true }, locations: { some: {} } } : where;
}

/** The administrative units of the country. */
export default function UnitsPage(): ReactNode {
  const { t } = useTranslation('explore');
  const cells = useCells();
  const [selection, select] = useSelection(listing);
  const where = whereOf(selection);
  const variables = { where, orderBy: [orderOf<AdministrativeUnitOrderField>(selection)] };
  const answer = useGraph(Units, { ...variables, first: PAGE, after: selection.after });
  const counts = useGraph(Counts, { level: whereOf(without(selection, 'level')) }).data;
  const row = (u: Node): Row => ({
    id: u.id,
    to: `/units/${u.id}`,
    state: u.state,
    title: u.name,
    code: u.pcode,
    cells: [
      cells.word(t(`level.${u.level}`)),
      cells.texts([u.parent?.name]),
      cells.count(u.projects.totalCount),
      cells.count(u.agreements.totalCount),
    ],
  });
  return (
    <Explore
      listing={listing}
      selection={selection}
      onSelect={select}
      answer={answer}
      map={<UnitsMap where={where} />}
      page={answer.data?.administrativeUnits}
      facets={counts && { level: enumChoices(counts.level.counts, (v) => t(`level.${v}`)).sort((one, other) => Number(one.value) - Number(other.value)) }}
      names={{ level: (value) => t(`level.${value}`), engaged: () => t('engaged.units') }}
      rows={answer.data?.administrativeUnits.nodes.map(row)}
      count={async (other, signal) => (await ask(Count, { where: whereOf(other) }, signal)).administrativeUnits.totalCount}
      read={async (after, signal) => {
        const { administrativeUnits: page } = await ask(Units, { ...variables, first: LARGEST_PAGE, after }, signal);
        return { page, rows: page.nodes.map(row) };
      }}
    />
  );
}
