import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useGraph } from '../graph/useGraph';
import { Bars } from '../look/Bars';
import { ErrorNote } from '../look/ErrorNote';
import { RuleLine } from '../look/Rule';
import { Texted } from '../look/Texted';
import { To } from '../shell/To';
import { useFormat } from '../shell/format';
import { usePageTitle } from '../shell/language';
import { Figures } from './Figures';
import { Hero } from './Hero';
import { useContents } from './contents';
import { News } from './News';
import { Tasks } from './Tasks';
import { Spent } from './spent';
import './home.css';

/** The first page: what the register holds, what is new, and where the money goes. */
export default function HomePage(): ReactNode {
  usePageTitle('');
  const contents = useContents();
  return (
    <>
      <Hero contents={contents} />
      <div className="home-in">
        <Figures />
        <div className="home-columns">
          <News />
          <Places />
        </div>
        <Tasks page={contents?.tasks} />
      </div>
    </>
  );
}

/** So many governorates have a bar of their own. */
const MOST = 7;

function Places(): ReactNode {
  const { t } = useTranslation('home');
  const format = useFormat();
  const { data, error, refetch } = useGraph(Spent, {});
  if (error) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  const rows = (data?.funding.rows ?? [])
    .map((row) => ({ to: row.governorate ? `/units/${row.governorate.id}` : null, name: row.governorate?.name ?? null, word: '', value: Number(row.amount ?? 0) }))
    .sort((a, b) => b.value - a.value);
  const governorates = rows.filter((row) => row.to !== null);
  const others = governorates.slice(MOST);
  const shown = [
    ...governorates.slice(0, MOST),
    ...rows.filter((row) => row.to === null).map((row) => ({ ...row, word: t('places.country') })),
  ];
  const withoutRate = data?.funding.totals.reduce((sum, total) => sum + total.withoutRate, 0) ?? 0;
  return (
    <section>
      <div className="home-over">
        <h2>{t('places.title')}</h2>
        <To to="/funding?rows=GOVERNORATE">{t('places.table')}</To>
      </div>
      <div className="home-card">
        {data && rows.length === 0 ? (
          <p className="home-note">{t('places.none')}</p>
        ) : (
          <>
            <p className="home-note">{t('places.unit')}</p>
            <Bars
              rows={shown.map((row) => ({
                key: row.to ?? row.word,
                label: row.to ? (
                  <To to={row.to}>
                    <Texted text={row.name} />
                  </To>
                ) : (
                  row.word
                ),
                value: row.value,
                text: format.fixed(row.value / 1e6, 1),
              }))}
            />
            {others.length > 0 && (
              <p className="home-note">
                {t('places.others', { count: others.length, shown: format.number(others.length), amount: format.fixed(others.reduce((sum, { value }) => sum + value, 0) / 1e6, 1) })}
              </p>
            )}
            <details className="home-rule">
              <summary>{t('places.rule')}</summary>
              {data && <RuleLine text={data.funding.rule} />} {withoutRate > 0 && t('places.withoutRate', { count: withoutRate, shown: format.number(withoutRate) })}
            </details>
          </>
        )}
      </div>
    </section>
  );
}
