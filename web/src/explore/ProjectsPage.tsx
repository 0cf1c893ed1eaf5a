import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../gql';
import type { ExploreProjectsQuery, ProjectKind, ProjectOrderField, ProjectStatus, ProjectWhere } from '../gql/graphql';
import { ask } from '../graph/ask';
import { useGraph } from '../graph/useGraph';
import { projectState } from '../look/states';
import { useNames } from '../look/useNames';
import { useFormat } from '../shell/format';
import { Explore, LARGEST_PAGE, type Listing, PAGE, type Row, useSelection } from './Explore';
import { ProjectsMap } from './CountMap';
import { useCells } from './cells';
import { enumChoices, recordChoices } from './choices';
import { NOT_STATED, type ProjectFilter, conditionsOf, moneyCondition } from './projectFilter';
import { type Selection, orderOf, without, writeSelection } from './selection';

const Projects = graphql(`
  query ExploreProjects($where: ProjectWhere, $orderBy: [ProjectOrder!], $first: Int!, $after: Cursor) {
    projects(where: $where, orderBy: $orderBy, first: $first, after: $after) {
      totalCount
      pageInfo { endCursor hasNextPage }
      nodes { id code state kind status startDate endDate title { text locale direction } reportingOrganization { id name { text locale direction } } }
    }
  }
`);

// Apart from the rows: what may be counted costs by the length of its page. Each facet counts what all others leave.
const Counts = graphql(`
  query ExploreProjectCounts($status: ProjectWhere, $kind: ProjectWhere, $sector: ProjectWhere, $governorate: ProjectWhere, $year: ProjectWhere, $funder: ProjectWhere, $agreement: ProjectWhere, $reporter: ProjectWhere) {
    status: projects(where: $status, first: 1) { counts: facet(by: STATUS) { value count } }
    kind: projects(where: $kind, first: 1) { counts: facet(by: KIND) { value count } }
    sector: projects(where: $sector, first: 1) { counts: facet(by: SECTOR, first: 60) { value count record { ... on CodeListItem { name { text locale direction } } } } }
    governorate: projects(where: $governorate, first: 1) { counts: facet(by: GOVERNORATE) { value count record { ... on AdministrativeUnit { name { text locale direction } } } } }
    year: projects(where: $year, first: 1) { counts: facet(by: YEAR, first: 60) { value count } }
    funder: projects(where: $funder, first: 1) { counts: facet(by: FUNDER, first: 60) { value count record { ... on Organization { name { text locale direction } } } } }
    agreement: projects(where: $agreement, first: 1) { counts: facet(by: AGREEMENT, first: 60) { value count record { ... on Agreement { name: title { text locale direction } } } } }
    reporter: projects(where: $reporter, first: 1) { counts: facet(by: REPORTING_ORGANIZATION, first: 60) { value count record { ... on Organization { name { text locale direction } } } } }
  }
`);

const Count = graphql(`
  query ExploreProjectCount($where: ProjectWhere) {
    projects(where: $where, first: 1) { totalCount }
  }
`);

const facets = ['status', 'sector', 'governorate', 'year', 'funder', 'agreement', 'kind', 'reporter'] as const;
const asked = ['implementer', 'partner', 'category', 'district', 'goal', 'marker', 'finance', 'money'] as const;

const listing: Listing = {
  name: 'projects',
  facets: [...facets, ...asked],
  // They come from the figures of funding and from records, whose lists they narrow.
  asked,
  columns: [{ name: 'reporter' }, { name: 'status', sort: 'STATUS' }, { name: 'start', sort: 'START_DATE' }, { name: 'end', sort: 'END_DATE' }],
  sorts: ['CODE', 'STATUS', 'START_DATE', 'END_DATE'],
  usualSort: '-START_DATE',
};

type Node = ExploreProjectsQuery['projects']['nodes'][number];

/** The projects that a selection is about. */
function whereOf({ words, chosen }: Selection): ProjectWhere {
  const { status, kind, reporter, year = [], money = [] } = chosen;
  const where: ProjectWhere = {};
  if (words.trim()) where.search = words;
  // The server refuses a value that is none, with a message for the reader of the address.
  if (status?.length) where.status = { in: status as ProjectStatus[] };
  if (kind?.length) where.kind = { in: kind as ProjectKind[] };
  if (reporter?.length) where.reportingOrganization = { id: { in: reporter } };
  const counted = moneyCondition({ measure: money[0], years: year });
  const narrowed = [...conditionsOf(chosen as ProjectFilter), ...(counted ? [counted] : [])];
  if (narrowed.length > 0) where.and = narrowed;
  return where;
}

/** All projects. */
export default function ProjectsPage(): ReactNode {
  const { t } = useTranslation('explore');
  const names = useNames();
  const cells = useCells();
  const format = useFormat();
  const [selection, select] = useSelection(listing);
  const { chosen } = selection;
  const where = whereOf(selection);
  const variables = { where, orderBy: [orderOf<ProjectOrderField>(selection)] };
  const answer = useGraph(Projects, { ...variables, first: PAGE, after: selection.after });
  const counts = useGraph(Counts, Object.fromEntries(facets.map((facet) => [facet, whereOf(without(selection, facet))]))).data;
  const [governorate = NOT_STATED, ...others] = chosen['governorate'] ?? [];
  const oneGovernorate = governorate === NOT_STATED || others.length > 0 ? null : governorate;
  // Narrowed to some districts and counted at another, both must hold; the list knows alternatives only.
  const listAt = (units: readonly string[]): string | null =>
    chosen['district'] ? null : `/projects?${writeSelection({ ...selection, chosen: { ...chosen, district: [...units] }, view: 'list', after: null }, listing.usualSort)}`;
  const row = (p: Node): Row => ({
    id: p.id,
    to: `/projects/${p.id}`,
    state: p.state,
    title: p.title,
    code: p.code,
    kind: names('ProjectKind', p.kind),
    cells: [
      cells.texts([p.reportingOrganization?.name]),
      cells.state(projectState(p.status), names('ProjectStatus', p.status)),
      cells.day(p.startDate),
      cells.day(p.endDate),
    ],
  });
  return (
    <Explore
      listing={listing}
      selection={selection}
      onSelect={select}
      answer={answer}
      page={answer.data?.projects}
      map={<ProjectsMap where={where} of={oneGovernorate} listOf={listAt} />}
      facets={counts && {
        status: enumChoices(counts.status.counts, (v) => names('ProjectStatus', v)),
        kind: enumChoices(counts.kind.counts, (v) => names('ProjectKind', v)),
        sector: recordChoices(counts.sector.counts, t('facet.notStated')),
        governorate: recordChoices(counts.governorate.counts, t('facet.notStated')),
        year: enumChoices(counts.year.counts, format.year).sort((one, other) => Number(other.value) - Number(one.value)),
        funder: recordChoices(counts.funder.counts, t('facet.notStated')),
        agreement: recordChoices(counts.agreement.counts, t('facet.notStated')),
        reporter: recordChoices(counts.reporter.counts, t('facet.notStated')),
      }}
      names={{ year: format.year, money: (value) => names('FundingMeasure', value), status: (value) => names('ProjectStatus', value), kind: (value) => names('ProjectKind', value) }}
      rows={answer.data?.projects.nodes.map(row)}
      count={async (other, signal) => (await ask(Count, { where: whereOf(other) }, signal)).projects.totalCount}
      read={async (after, signal) => {
        const { projects: page } = await ask(Projects, { ...variables, first: LARGEST_PAGE, after }, signal);
        return { page, rows: page.nodes.map(row) };
      }}
    />
  );
}
