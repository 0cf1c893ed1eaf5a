import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../gql';
import type { AdministrativeUnitOrderField, AdministrativeUnitWhere } from '../gql/graphql';
import { useGraph } from '../graph/useGraph';
import { useFormat } from '../shell/format';
import { Explore, type Listing, useSelection } from './Explore';
import { enumChoices } from './choices';

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
  const format = useFormat();
  const [selection, select] = useSelection(listing);
  const where: AdministrativeUnitWhere = {};
  const levels = (selection.chosen['level'] ?? []).map(Number).filter(Number.isInteger);
  if (selection.words.trim()) where.search = selection.words;
  if (levels.length) where.level = { in: levels };
  const { data, error, isFetching, refetch } = useGraph(Units, {
    where,
    orderBy: [{ field: selection.sort.replace(/^-/, '') as AdministrativeUnitOrderField, direction: selection.sort.startsWith('-') ? 'DESC' : 'ASC' }],
    after: selection.after,
  });
  const page = data?.administrativeUnits;
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
              facets: { level: enumChoices(page.level, (v) => t(`level.${v}`)) },
              rows: page.nodes.map((u) => ({
                id: u.id,
                to: `/units/${u.id}`,
                title: u.name,
                code: u.pcode,
                cells: [
                  { shown: t(`level.${u.level}`), plain: t(`level.${u.level}`) },
                  { shown: u.parent?.name?.text ?? '–', plain: u.parent?.name?.text ?? '' },
                  { shown: format.number(u.projects.totalCount), plain: String(u.projects.totalCount) },
                  { shown: format.number(u.agreements.totalCount), plain: String(u.agreements.totalCount) },
                ],
              })),
            }
          : null,
      }}
    />
  );
}
