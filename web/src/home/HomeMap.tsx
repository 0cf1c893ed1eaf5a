import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { graphql } from '../gql';
import { useGraph } from '../graph/useGraph';
import { ErrorNote } from '../look/ErrorNote';
import { Switch } from '../look/Switch';
import { RuleLine } from '../look/Rule';
import { type Figures, UnitMap } from '../map/UnitMap';
import { useFormat } from '../shell/format';
import { withParam } from '../shell/withParam';
import { Spent } from './spent';

const Running = graphql(`
  query HomeRunning {
    administrativeUnits(where: { level: { eq: 1 } }, first: 40) {
      nodes { id projects(where: { status: { eq: IMPLEMENTATION }, kind: { eq: PROJECT } }) { totalCount } }
    }
  }
`);

/** What the map can show; the first is the usual one. */
const views = ['money', 'projects'] as const;

/** The governorates by what was spent in them, or by the projects under way there. */
export function HomeMap(): ReactNode {
  const { t } = useTranslation('home');
  const [params, setParams] = useSearchParams();
  const view = views.find((each) => each === params.get('map')) ?? 'money';
  return (
    <div className="home-map" data-theme="dark">
      <Switch
        label={t('map.choose')}
        options={views.map((value) => ({ value, name: t(`map.${value}.name`) }))}
        chosen={view}
        onChoose={(next) => setParams((before) => withParam(before, 'map', next === 'money' ? null : next), { preventScrollReset: true, replace: true })}
      />
      {view === 'money' ? <MoneyMap /> : <ProjectMap />}
    </div>
  );
}

function MoneyMap(): ReactNode {
  const { t } = useTranslation('home');
  const format = useFormat();
  const { data, error, refetch } = useGraph(Spent, {});
  if (error) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  if (!data) return null;
  const { rows, rule } = data.funding;
  const known = rows.filter((row) => row.amount !== null && row.amount !== undefined);
  const figures: Figures = {
    values: new Map(known.flatMap((row) => (row.governorate ? [[row.governorate.id, Number(row.amount)]] : []))),
    measure: t('map.money.measure'),
    shown: (value) => format.number(value / 1e6, 1),
    besides: known.filter((row) => !row.governorate).map((row) => ({ name: t('places.country'), value: Number(row.amount) })),
  };
  return <UnitMap title={t('map.money.title')} figures={figures} rule={<RuleLine text={rule} />} />;
}

function ProjectMap(): ReactNode {
  const { t } = useTranslation('home');
  const format = useFormat();
  const { data, error, refetch } = useGraph(Running, {});
  if (error) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  if (!data) return null;
  const figures: Figures = {
    values: new Map(data.administrativeUnits.nodes.map((unit) => [unit.id, unit.projects.totalCount])),
    measure: t('map.projects.measure'),
    shown: (value) => format.number(value),
  };
  return <UnitMap title={t('map.projects.title')} figures={figures} rule={t('map.projects.rule')} />;
}
