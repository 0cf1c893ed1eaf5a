import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../gql';
import type { AdministrativeUnitWhere, ProjectWhere } from '../gql/graphql';
import { useGraph } from '../graph/useGraph';
import { ErrorNote } from '../look/ErrorNote';
import { Loading } from '../look/Loading';
import { UnitMap } from '../map/UnitMap';
import { useFormat } from '../shell/format';

const Projects = graphql(`
  query ExploreProjectsMap($where: ProjectWhere!) {
    administrativeUnits(where: { level: { eq: 1 } }, first: 40) { nodes { id counted: projects(where: $where) { totalCount } } }
    nowhere: projects(where: { and: [$where, { locations: { none: {} } }] }) { totalCount }
  }
`);

const Units = graphql(`
  query ExploreUnitsMap($where: AdministrativeUnitWhere!) {
    administrativeUnits(where: { level: { eq: 1 } }, first: 40) { nodes { id counted: descendants(where: $where) { totalCount } } }
  }
`);

/** The projects of a selection, by governorate. */
export function ProjectsMap(props: { where: ProjectWhere }): ReactNode {
  const { t } = useTranslation('explore');
  const answer = useGraph(Projects, props);
  return <CountMap answer={answer} what={t('projects.title')} rule={t('map.projectsRule')} nowhere={answer.data?.nowhere.totalCount ?? 0} />;
}

/** The units of a selection, by governorate. */
export function UnitsMap(props: { where: AdministrativeUnitWhere }): ReactNode {
  const { t } = useTranslation('explore');
  return <CountMap answer={useGraph(Units, props)} what={t('units.title')} rule={t('map.unitsRule')} nowhere={0} />;
}

interface Counted {
  data?: { administrativeUnits: { nodes: { id: string; counted: { totalCount: number } }[] } } | undefined;
  error: unknown;
  refetch: () => unknown;
}

function CountMap(props: { answer: Counted; what: string; rule: string; nowhere: number }): ReactNode {
  const { t } = useTranslation('explore');
  const format = useFormat();
  const { data, error, refetch } = props.answer;
  if (error) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  const figures = {
    values: new Map(data.administrativeUnits.nodes.map((unit) => [unit.id, unit.counted.totalCount])),
    measure: props.what,
    shown: (value: number) => format.number(value),
    besides: props.nowhere > 0 ? [{ name: t('map.nowhere'), value: props.nowhere }] : [],
  };
  return <UnitMap title={t('map.title', { what: props.what })} figures={figures} rule={props.rule} />;
}
