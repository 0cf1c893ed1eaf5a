import type { ReactNode } from 'react';
import { graphql } from '../gql';
import type { ExploreProjectsQuery, ProjectKind, ProjectOrderField, ProjectStatus, ProjectWhere } from '../gql/graphql';
import { ask } from '../graph/ask';
import { useGraph } from '../graph/useGraph';
import type { LocalizedTextFields } from '../look/Texted';
import { useNames } from '../look/useNames';
import { type Choice, Explore, LARGEST_PAGE, type Listing, type Row, useSelection } from './Explore';
import { ProjectsMap } from './CountMap';
import { useCells } from './cells';
import { enumChoices, recordChoices } from './choices';
import { NOT_STATED, type ProjectFilter, conditionsOf, moneyCondition } from './projectFilter';
import { orderOf, writeSelection } from './selection';

const Projects = graphql(`
  query ExploreProjects($where: ProjectWhere, $orderBy: [ProjectOrder!], $first: Int!, $after: Cursor) {
    projects(where: $where, orderBy: $orderBy, first: $first, after: $after) {
      totalCount
      pageInfo { endCursor hasNextPage }
      nodes { id code kind status startDate endDate title { text locale direction } reportingOrganization { id name { text locale direction } } }
    }
  }
`);

// Apart from the rows: what may be counted costs by the length of its page.
const Counts = graphql(`
  query ExploreProjectCounts($where: ProjectWhere) {
    projects(where: $where, first: 1) {
      totalCount
      status: facet(by: STATUS) { value count }
      kind: facet(by: KIND) { value count }
      sector: facet(by: SECTOR, first: 60) { value count record { ... on CodeListItem { name { text locale direction } } } }
      governorate: facet(by: GOVERNORATE) { value count record { ... on AdministrativeUnit { name { text locale direction } } } }
      year: facet(by: YEAR, first: 60) { value count }
      funder: facet(by: FUNDER, first: 60) { value count record { ... on Organization { name { text locale direction } } } }
      organization: facet(by: ORGANIZATION, first: 60) { value count record { ... on Organization { name { text locale direction } } } }
      agreement: facet(by: AGREEMENT, first: 60) { value count record { ... on Agreement { name: title { text locale direction } } } }
      reporter: facet(by: REPORTING_ORGANIZATION, first: 12) { value count record { ... on Organization { name { text locale direction } } } }
    }
  }
`);

/** What was chosen of items and units that the counts do not name. */
const Asked = graphql(`
  query ExploreProjectsAsked($items: [ID!]!, $units: [ID!]!) {
    codeListItems(where: { id: { in: $items } }, first: 100) { nodes { value: id name { text locale direction } } }
    administrativeUnits(where: { id: { in: $units } }, first: 100) { nodes { value: id name { text locale direction } } }
  }
`);

const asked = ['implementer', 'category', 'district', 'goal', 'marker', 'finance', 'money'] as const;

const listing: Listing = {
  name: 'projects',
  facets: ['status', 'sector', 'governorate', 'year', 'funder', 'agreement', 'kind', 'reporter', ...asked],
  // They come from the figures of funding, whose lists they narrow.
  asked,
  columns: [{ name: 'reporter' }, { name: 'status', sort: 'STATUS' }, { name: 'start', sort: 'START_DATE' }, { name: 'end', sort: 'END_DATE' }],
  sorts: ['CODE', 'STATUS', 'START_DATE', 'END_DATE'],
  usualSort: '-START_DATE',
};

type Node = ExploreProjectsQuery['projects']['nodes'][number];

/** All projects. */
export default function ProjectsPage(): ReactNode {
  const names = useNames();
  const cells = useCells();
  const [selection, select] = useSelection(listing);
  const where: ProjectWhere = {};
  const { status, kind, reporter, year = [], money = [] } = selection.chosen;
  const filter: ProjectFilter = selection.chosen;
  if (selection.words.trim()) where.search = selection.words;
  // The server refuses a value that is none, with a message for the reader of the address.
  if (status?.length) where.status = { in: status as ProjectStatus[] };
  if (kind?.length) where.kind = { in: kind as ProjectKind[] };
  if (reporter?.length) where.reportingOrganization = { id: { in: reporter } };
  const counted = moneyCondition({ measure: money[0], years: year });
  const narrowed = [...conditionsOf(filter), ...(counted ? [counted] : [])];
  if (narrowed.length > 0) where.and = narrowed;
  const variables = { where, orderBy: [orderOf<ProjectOrderField>(selection)] };
  const answer = useGraph(Projects, { ...variables, first: 25, after: selection.after });
  const counts = useGraph(Counts, { where }).data?.projects;
  const items = [filter.category, filter.goal, filter.marker, filter.finance].flatMap((values) => values ?? []).filter((value) => value !== NOT_STATED);
  const units = (filter.district ?? []).filter((value) => value !== NOT_STATED);
  const named = useGraph(Asked, { items, units }, { enabled: items.length + units.length > 0 }).data;
  const chosenOf = (values: string[] = [], records: readonly { value: string; name?: LocalizedTextFields | null }[] = []): Choice[] =>
    recordChoices(values.filter((value) => value !== NOT_STATED).map((value) => ({ value, count: counts?.totalCount ?? 0, record: records.find((record) => record.value === value) ?? null })));
  const [governorate = NOT_STATED, ...others] = filter.governorate ?? [];
  const oneGovernorate = governorate === NOT_STATED || others.length > 0 ? null : governorate;
  // Narrowed to some districts and counted at another, both must hold; the list knows alternatives only.
  const listAt = (units: readonly string[]): string | null =>
    filter.district ? null : `/projects?${writeSelection({ ...selection, chosen: { ...selection.chosen, district: [...units] }, view: 'list', after: null }, listing.usualSort)}`;
  const row = (p: Node): Row => ({
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
        status: enumChoices(counts.status, (v) => names('ProjectStatus', v)),
        kind: enumChoices(counts.kind, (v) => names('ProjectKind', v)),
        sector: recordChoices(counts.sector),
        governorate: recordChoices(counts.governorate),
        year: enumChoices(counts.year, (v) => v).sort((one, other) => Number(other.value) - Number(one.value)),
        funder: recordChoices(counts.funder),
        agreement: recordChoices(counts.agreement),
        reporter: recordChoices(counts.reporter),
        implementer: recordChoices(counts.organization),
        category: chosenOf(filter.category, named?.codeListItems.nodes),
        goal: chosenOf(filter.goal, named?.codeListItems.nodes),
        marker: chosenOf(filter.marker, named?.codeListItems.nodes),
        finance: chosenOf(filter.finance, named?.codeListItems.nodes),
        district: chosenOf(filter.district, named?.administrativeUnits.nodes),
        money: enumChoices(money.map((value) => ({ value, count: counts.totalCount })), (v) => names('FundingMeasure', v)),
      }}
      rows={answer.data?.projects.nodes.map(row)}
      read={async (after, signal) => {
        const { projects: page } = await ask(Projects, { ...variables, first: LARGEST_PAGE, after }, signal);
        return { page, rows: page.nodes.map(row) };
      }}
    />
  );
}
