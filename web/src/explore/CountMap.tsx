import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../gql';
import type { AdministrativeUnitWhere, ProjectWhere } from '../gql/graphql';
import { useAsked, useGraph } from '../graph/useGraph';
import { ErrorNote } from '../look/ErrorNote';
import { Loading } from '../look/Loading';
import { type Marks, UnitMap } from '../map/UnitMap';
import { useFormat } from '../shell/format';

const Projects = graphql(`
  query ExploreProjectsMap($where: ProjectWhere!, $areas: AdministrativeUnitWhere!, $places: AdministrativeUnitWhere!) {
    administrativeUnits(where: $areas, first: 40) { nodes { id counted: projects(where: $where) { totalCount } } }
    places: administrativeUnits(where: $places, first: 100) { nodes { id pcode latitude longitude name { text } counted: projects(where: $where, first: 1) { totalCount nodes { id } } } }
    nowhere: projects(where: { and: [$where, { locations: { none: {} } }] }) { totalCount }
    unmarked: projects(where: { and: [$where, { locations: { some: {} } }, { locations: { none: { unit: { ancestors: { some: $places } } } } }] }) { totalCount }
  }
`);

const Units = graphql(`
  query ExploreUnitsMap($where: AdministrativeUnitWhere!) {
    administrativeUnits(where: { level: { eq: 1 } }, first: 40) { nodes { id counted: descendants(where: $where) { totalCount } } }
  }
`);

interface ProjectsMapProps {
  where: ProjectWhere;
  /** The governorate whose districts are shown; the governorates of the country if absent. */
  of: string | null;
  /** The list of the projects of the selection at some of the places that bear a number. */
  listOf: (units: readonly string[]) => string | null;
}

/** The projects of a selection by governorate, and at each district how many; in one governorate the same a level below. */
export function ProjectsMap(props: ProjectsMapProps): ReactNode {
  const { t } = useTranslation('explore');
  const format = useFormat();
  const { where } = props;
  const today = { validTo: { isNull: true } };
  const answer = useGraph(Projects, {
    where,
    areas: props.of === null ? { ...today, level: { eq: 1 } } : { ...today, parent: { id: { eq: props.of } } },
    places: props.of === null ? { ...today, level: { eq: 2 } } : { ...today, parent: { parent: { id: { eq: props.of } } } },
  });
  const { data } = answer;
  // Numbers that stay while others are counted keep their own areas and lists.
  const { of, listOf } = useAsked(answer, props);
  const level = of === null ? 'country' : 'governorate';
  const unmarked = data?.unmarked.totalCount ?? 0;
  const marks: Marks = {
    places: (data?.places.nodes ?? []).flatMap(({ id, pcode, name, latitude, longitude, counted }) => {
      if (typeof latitude !== 'number' || typeof longitude !== 'number') return [];
      const only = counted.totalCount === 1 ? counted.nodes[0] : undefined;
      return [{ key: id, latitude, longitude, name: name?.text ?? pcode, count: counted.totalCount, to: only && `/projects/${only.id}` }];
    }),
    measure: t(`map.marked.${level}`),
    note: unmarked > 0 ? t(`map.unmarked.${level}`, { count: unmarked, shown: format.number(unmarked) }) : undefined,
    listOf,
  };
  return <CountMap answer={answer} what={t('projects.title')} rule={t('map.projectsRule')} nowhere={data?.nowhere.totalCount ?? 0} of={of} marks={marks} />;
}

/** The units of a selection, by governorate. */
export function UnitsMap(props: { where: AdministrativeUnitWhere }): ReactNode {
  const { t } = useTranslation('explore');
  return <CountMap answer={useGraph(Units, props)} what={t('units.title')} rule={t('map.unitsRule')} nowhere={0} />;
}

interface Counted {
  isPlaceholderData: boolean;
  data?: { administrativeUnits: { nodes: { id: string; counted: { totalCount: number } }[] } } | undefined;
  error: unknown;
  refetch: () => unknown;
}

function CountMap(props: { answer: Counted; what: string; rule: string; nowhere: number; of?: string | null; marks?: Marks }): ReactNode {
  const { t } = useTranslation('explore');
  const format = useFormat();
  const { data, error, isPlaceholderData, refetch } = props.answer;
  if (error) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  const figures = {
    values: new Map(data.administrativeUnits.nodes.map((unit) => [unit.id, unit.counted.totalCount])),
    measure: props.what,
    shown: (value: number) => format.number(value),
    besides: props.nowhere > 0 ? [{ name: t('map.nowhere'), value: props.nowhere }] : [],
  };
  return (
    <div aria-busy={isPlaceholderData} className={isPlaceholderData ? 'look-before' : undefined}>
      <UnitMap title={t(props.of ? 'map.titleOf' : 'map.title', { what: props.what })} of={props.of ?? null} figures={figures} {...(props.marks && { marks: props.marks })} rule={props.rule} />
    </div>
  );
}
