import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../gql';
import type { AdministrativeUnitOrderField, AdministrativeUnitWhere, ExploreUnitsQuery } from '../gql/graphql';
import { ask } from '../graph/ask';
import { useGraph } from '../graph/useGraph';
import { Explore, LARGEST_PAGE, type Listing, type Row, useSelection } from './Explore';
import { UnitsMap } from './CountMap';
import { useCells } from './cells';
import { enumChoices } from './choices';
import { orderOf } from './selection';

const Units = graphql(`
  query ExploreUnits($where: AdministrativeUnitWhere, $orderBy: [AdministrativeUnitOrder!], $first: Int!, $after: Cursor) {
    administrativeUnits(where: $where, orderBy: $orderBy, first: $first, after: $after) {
      totalCount
      pageInfo { endCursor hasNextPage }
      nodes { id pcode level name { text locale direction } parent { id name { text } } projects { totalCount } agreements { totalCount } }
    }
  }
`);

// Apart from the rows: what may be counted costs by the length of its page.
const Counts = graphql(`
  query ExploreUnitCounts($where: AdministrativeUnitWhere) {
    administrativeUnits(where: $where, first: 1) {
      level: facet(by: LEVEL) { value count }
    }
  }
`);

const listing: Listing = {
  name: 'units',
  facets: ['level'],
  columns: [{ name: 'level', sort: 'LEVEL' }, { name: 'parent' }, { name: 'projects', number: true }, { name: 'agreements', number: true }],
  sorts: ['PCODE', 'LEVEL'],
  usualSort: 'PCODE',
};

type Node = ExploreUnitsQuery['administrativeUnits']['nodes'][number];

/** The administrative units of the country. */
export default function UnitsPage(): ReactNode {
  const { t } = useTranslation('explore');
  const cells = useCells();
  const [selection, select] = useSelection(listing);
  const where: AdministrativeUnitWhere = {};
  const levels = (selection.chosen['level'] ?? []).map(Number).filter(Number.isInteger);
  if (selection.words.trim()) where.search = selection.words;
  if (levels.length) where.level = { in: levels };
  const variables = { where, orderBy: [orderOf<AdministrativeUnitOrderField>(selection)] };
  const answer = useGraph(Units, { ...variables, first: 25, after: selection.after });
  const counts = useGraph(Counts, { where }).data?.administrativeUnits;
  const row = (u: Node): Row => ({
    id: u.id,
    to: `/units/${u.id}`,
    title: u.name,
    code: u.pcode,
    cells: [
      cells.word(t(`level.${u.level}`)),
      cells.word(u.parent?.name?.text),
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
      facets={counts && { level: enumChoices(counts.level, (v) => t(`level.${v}`)) }}
      rows={answer.data?.administrativeUnits.nodes.map(row)}
      read={async (after, signal) => {
        const { administrativeUnits: page } = await ask(Units, { ...variables, first: LARGEST_PAGE, after }, signal);
        return { page, rows: page.nodes.map(row) };
      }}
    />
  );
}
