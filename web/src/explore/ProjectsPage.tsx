import type { ReactNode } from 'react';
import { graphql } from '../gql';
import type { ProjectKind, ProjectOrderField, ProjectStatus, ProjectWhere } from '../gql/graphql';
import { useGraph } from '../graph/useGraph';
import { useNames } from '../look/useNames';
import { Explore, type Listing, useSelection } from './Explore';
import { useCells } from './cells';
import { enumChoices, recordChoices } from './choices';
import { orderOf } from './selection';

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
  const cells = useCells();
  const [selection, select] = useSelection(listing);
  const where: ProjectWhere = {};
  const { status, kind, reporter } = selection.chosen;
  if (selection.words.trim()) where.search = selection.words;
  // The server refuses a value that is none, with a message for the reader of the address.
  if (status?.length) where.status = { in: status as ProjectStatus[] };
  if (kind?.length) where.kind = { in: kind as ProjectKind[] };
  if (reporter?.length) where.reportingOrganization = { id: { in: reporter } };
  const answer = useGraph(Projects, { where, orderBy: [orderOf<ProjectOrderField>(selection)], after: selection.after });
  const page = answer.data?.projects;
  return (
    <Explore
      listing={listing}
      selection={selection}
      onSelect={select}
      answer={answer}
      page={page}
      facets={page && {
        status: enumChoices(page.status, (v) => names('ProjectStatus', v)),
        kind: enumChoices(page.kind, (v) => names('ProjectKind', v)),
        reporter: recordChoices(page.reporter),
      }}
      rows={page?.nodes.map((p) => ({
        id: p.id,
        to: `/projects/${p.id}`,
        title: p.title,
        code: p.code,
        cells: [
          cells.word(p.reportingOrganization?.name?.text),
          cells.state(p.status === 'IMPLEMENTATION' ? 'published' : 'neutral', names('ProjectStatus', p.status)),
          cells.day(p.startDate),
          cells.day(p.endDate),
        ],
      }))}
    />
  );
}
