import { Search } from 'lucide-react';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { graphql } from '../gql';
import { useGraph } from '../graph/useGraph';
import { Bars } from '../look/Bars';
import { ErrorNote } from '../look/ErrorNote';
import { Texted } from '../look/Texted';
import { useNames } from '../look/useNames';
import { To } from '../shell/To';
import { useFormat } from '../shell/format';
import { useLanguage, usePageTitle } from '../shell/language';
import { HomeMap } from './HomeMap';
import { Spent } from './spent';
import './home.css';

const Home = graphql(`
  query Home {
    agreements(where: { status: { eq: IN_FORCE } }) { totalCount }
    running: projects(where: { status: { eq: IMPLEMENTATION }, kind: { eq: PROJECT } }) { totalCount }
    organizations(where: { or: [{ agreements: { some: { status: { eq: IN_FORCE } } } }, { projects: { some: { status: { eq: IMPLEMENTATION } } } }] }) { totalCount }
    reached: administrativeUnits(where: { locations: { some: {} } }) { totalCount }
    newAgreements: agreements(first: 5, orderBy: [{ field: UPDATED_AT, direction: DESC }]) {
      nodes { id code status updatedAt title { text locale direction } }
    }
    newProjects: projects(first: 5, orderBy: [{ field: UPDATED_AT, direction: DESC }]) {
      nodes { id code status updatedAt title { text locale direction } }
    }
  }
`);

/** The first page: what the register holds, what is new, and where the money goes. */
export default function HomePage(): ReactNode {
  const { t } = useTranslation('home');
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
        <section className="home-tasks" aria-labelledby="home-tasks">
          <h2 id="home-tasks">{t('tasks.title')}</h2>
          <ul>
            {(['partnerships', 'development', 'translation', 'support', 'evaluation'] as const).map((task) => (
              <li key={task}>
                <h3>{t(`tasks.${task}.title`)}</h3>
                <p>{t(`tasks.${task}.text`)}</p>
              </li>
            ))}
          </ul>
        </section>
      </div>
    </>
  );
}

function Hero(): ReactNode {
  const { t } = useTranslation('home');
  const { locale } = useLanguage();
  const navigate = useNavigate();
  const [words, setWords] = useState('');
  const search = (event: FormEvent): void => {
    event.preventDefault();
    void navigate(`/${locale}/search?q=${encodeURIComponent(words)}`);
  };
  return (
    <div className="home-hero">
      <div className="home-in">
        <div>
          <h1>{t('title')}</h1>
          <p className="home-lead">{t('lead')}</p>
          <form role="search" onSubmit={search}>
            <Search aria-hidden className="icon" />
            <input type="search" value={words} onChange={(event) => setWords(event.target.value)} aria-label={t('search')} placeholder={t('search')} />
            <button type="submit" className="look-button look-button-main">
              {t('find')}
            </button>
          </form>
        </div>
        <HomeMap />
      </div>
    </div>
  );
}

function Figures(): ReactNode {
  const { t } = useTranslation('home');
  const format = useFormat();
  const { data, error, refetch } = useGraph(Home, {});
  if (error) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  const shown = (value: number | undefined): string => (value === undefined ? '…' : format.number(value));
  // A figure leads to the list it counts, where the lists can show just that.
  const figures = [
    { name: 'agreements', value: data?.agreements.totalCount, to: '/agreements?status=IN_FORCE' },
    { name: 'projects', value: data?.running.totalCount, to: '/projects?status=IMPLEMENTATION&kind=PROJECT' },
    { name: 'organizations', value: data?.organizations.totalCount, to: null },
    { name: 'units', value: data?.reached.totalCount, to: null },
  ] as const;
  return (
    <section className="home-figures" aria-label={t('figures.label')}>
      {figures.map((figure) => (
        <div key={figure.name}>
          <h2>{t(`figures.${figure.name}.name`)}</h2>
          <p className="home-value">
            {figure.to ? <To to={figure.to}>{shown(figure.value)}</To> : shown(figure.value)}
          </p>
          <p className="home-rule">
            <strong>{t('figures.rule')}</strong> {t(`figures.${figure.name}.rule`)}
          </p>
        </div>
      ))}
    </section>
  );
}

function News(): ReactNode {
  const { t } = useTranslation('home');
  const names = useNames();
  const format = useFormat();
  const { data } = useGraph(Home, {});
  const news = [
    ...(data?.newAgreements.nodes ?? []).map((a) => ({ ...a, to: `/agreements/${a.id}`, kind: t('news.agreement'), state: names('AgreementStatus', a.status) })),
    ...(data?.newProjects.nodes ?? []).map((p) => ({ ...p, to: `/projects/${p.id}`, kind: t('news.project'), state: names('ProjectStatus', p.status) })),
  ].sort((a, b) => b.updatedAt.localeCompare(a.updatedAt));
  return (
    <section>
      <h2>{t('news.title')}</h2>
      <ul className="home-news">
        {news.slice(0, 6).map((item) => (
          <li key={item.id}>
            <time dateTime={item.updatedAt}>{format.date(item.updatedAt)}</time>
            <span>
              <To to={item.to}>
                <Texted text={item.title} fallback={item.code} />
              </To>
              <span className="home-note">
                {item.kind} · {item.state}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </section>
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
      <h2>{t('places.title')}</h2>
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
        <p className="home-rule">
          <strong>{t('figures.rule')}</strong> {data && <Texted text={data.funding.rule} />} {withoutRate > 0 && t('places.withoutRate', { count: withoutRate })}
        </p>
      </div>
    </section>
  );
}
