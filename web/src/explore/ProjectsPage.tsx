import type { ReactNode } from 'react';
import { graphql } from '../gql';
import type { ProjectKind, ProjectOrderField, ProjectStatus, ProjectWhere } from '../gql/graphql';
import { useGraph } from '../graph/useGraph';
import { Badge } from '../look/Badge';
import { useNames } from '../look/useNames';
import { useFormat } from '../shell/format';
import { Explore, type Listing, useSelection } from './Explore';
import { enumChoices, recordChoices } from './choices';

const Projects = graphql(`
  query ExploreProjects($where: ProjectWhere, $orderBy: [ProjectOrder!], $after: Cursor) {
    projects(where: $where, orderBy: $orderBy, first: 25, after: $after) {
      totalCount
      pageInfo { endCursor hasNextPage }
      status: facet(by: STATUS) { value count }
      kind: facet(by: KIND) { value count }
      reporter: facet(by: REPORTING_ORGANIZATION, first: 12) { value count record { ... on Organization { name { text locale direction } } } }
      nodes { id code kind status startDate endDate title { text locale direction } reportingOrganization { id name { text locale direction } } }
    }
  }
`);

const listing: Listing = {
  name: 'projects',
  facets: ['status', 'kind', 'reporter'],
  columns: [{ name: 'reporter' }, { name: 'status', sort: 'STATUS' }, { name: 'start', sort: 'START_DATE' }, { name: 'end', sort: 'END_DATE' }],
  sorts: ['CODE', 'STATUS', 'START_DATE', 'END_DATE'],
  usualSort: '-START_DATE',
};

/** All projects. */
export default function ProjectsPage(): ReactNode {
  const names = useNames();
  const format = useFormat();
  const [selection, select] = useSelection(listing);
  const where: ProjectWhere = {};
  const { status, kind, reporter } = selection.chosen;
  if (selection.words.trim()) where.search = selection.words;
  // The server refuses a value that is none, with a message for the reader of the address.
  if (status?.length) where.status = { in: status as ProjectStatus[] };
  if (kind?.length) where.kind = { in: kind as ProjectKind[] };
  if (reporter?.length) where.reportingOrganization = { id: { in: reporter } };
  const { data, error, isFetching, refetch } = useGraph(Projects, {
    where,
    orderBy: [{ field: selection.sort.replace(/^-/, '') as ProjectOrderField, direction: selection.sort.startsWith('-') ? 'DESC' : 'ASC', nulls: 'LAST' }],
    after: selection.after,
  });
  const page = data?.projects;
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
                status: enumChoices(page.status, (v) => names('ProjectStatus', v)),
                kind: enumChoices(page.kind, (v) => names('ProjectKind', v)),
                reporter: recordChoices(page.reporter),
              },
              rows: page.nodes.map((p) => ({
                id: p.id,
                to: `/projects/${p.id}`,
                title: p.title,
                code: p.code,
                cells: [
                  { shown: p.reportingOrganization?.name?.text ?? '–', plain: p.reportingOrganization?.name?.text ?? '' },
                  { shown: <Badge state={p.status === 'IMPLEMENTATION' ? 'published' : 'neutral'}>{names('ProjectStatus', p.status)}</Badge>, plain: names('ProjectStatus', p.status) },
                  day(p.startDate),
                  day(p.endDate),
                ],
              })),
            }
          : null,
      }}
    />
  );
}
