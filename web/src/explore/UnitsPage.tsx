import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../gql';
import type { AdministrativeUnitOrderField, AdministrativeUnitWhere } from '../gql/graphql';
import { useGraph } from '../graph/useGraph';
import { Explore, type Listing, useSelection } from './Explore';
import { useCells } from './cells';
import { enumChoices } from './choices';
import { orderOf } from './selection';

const Units = graphql(`
  query ExploreUnits($where: AdministrativeUnitWhere, $orderBy: [AdministrativeUnitOrder!], $after: Cursor) {
    administrativeUnits(where: $where, orderBy: $orderBy, first: 25, after: $after) {
      totalCount
      pageInfo { endCursor hasNextPage }
      level: facet(by: LEVEL) { value count }
      nodes { id pcode level name { text locale direction } parent { id name { text } } projects { totalCount } agreements { totalCount } }
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

/** The administrative units of the country. */
export default function UnitsPage(): ReactNode {
  const { t } = useTranslation('explore');
  const cells = useCells();
  const [selection, select] = useSelection(listing);
  const where: AdministrativeUnitWhere = {};
  const levels = (selection.chosen['level'] ?? []).map(Number).filter(Number.isInteger);
  if (selection.words.trim()) where.search = selection.words;
  if (levels.length) where.level = { in: levels };
  const answer = useGraph(Units, { where, orderBy: [orderOf<AdministrativeUnitOrderField>(selection)], after: selection.after });
  const page = answer.data?.administrativeUnits;
  return (
    <Explore
      listing={listing}
      selection={selection}
      onSelect={select}
      answer={answer}
      page={page}
      facets={page && { level: enumChoices(page.level, (v) => t(`level.${v}`)) }}
      rows={page?.nodes.map((u) => ({
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
      }))}
    />
  );
}
