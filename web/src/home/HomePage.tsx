import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useGraph } from '../graph/useGraph';
import { Bars } from '../look/Bars';
import { ErrorNote } from '../look/ErrorNote';
import { Texted } from '../look/Texted';
import { To } from '../shell/To';
import { useFormat } from '../shell/format';
import { usePageTitle } from '../shell/language';
import { Figures } from './Figures';
import { Hero } from './Hero';
import { News } from './News';
import { Tasks } from './Tasks';
import { Spent } from './spent';
import './home.css';

/** The first page: what the register holds, what is new, and where the money goes. */
export default function HomePage(): ReactNode {
  usePageTitle('');
  return (
    <>
      <Hero />
      <div className="home-in">
        <Figures />
        <div className="home-columns">
          <News />
          <Places />
        </div>
        <Tasks />
      </div>
    </>
  );
}

function Places(): ReactNode {
  const { t } = useTranslation('home');
  const format = useFormat();
  const { data, error, refetch } = useGraph(Spent, {});
  if (error) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  const rows = (data?.funding.rows ?? [])
    .map((row) => ({ to: row.governorate ? `/units/${row.governorate.id}` : null, name: row.governorate?.name ?? null, value: Number(row.amount ?? 0) }))
    .sort((a, b) => Number(a.to === null) - Number(b.to === null) || b.value - a.value);
  const withoutRate = data?.funding.totals.reduce((sum, total) => sum + total.withoutRate, 0) ?? 0;
  return (
    <section>
      <div className="home-over">
        <h2>{t('places.title')}</h2>
        <To to="/funding?rows=GOVERNORATE">{t('places.table')}</To>
      </div>
      <div className="home-card">
        <p className="home-note">{t('places.unit')}</p>
        <Bars
          rows={rows.map((row) => ({
            key: row.to ?? 'country',
            label: row.to ? (
              <To to={row.to}>
                <Texted text={row.name} />
              </To>
            ) : (
              t('places.country')
            ),
            value: row.value,
            text: format.number(row.value / 1e6, 1),
          }))}
        />
        <details className="home-rule">
          <summary>{t('places.rule')}</summary>
          {data && <Texted text={data.funding.rule} />} {withoutRate > 0 && t('places.withoutRate', { count: withoutRate })}
        </details>
      </div>
    </section>
  );
}
