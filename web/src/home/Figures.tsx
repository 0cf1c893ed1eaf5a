import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../gql';
import { useGraph } from '../graph/useGraph';
import { ErrorNote } from '../look/ErrorNote';
import { To } from '../shell/To';
import { useFormat } from '../shell/format';
import { useLanguage } from '../shell/language';

const Counted = graphql(`
  query HomeFigures {
    agreements(where: { status: { eq: IN_FORCE } }) { totalCount }
    running: projects(where: { status: { eq: IMPLEMENTATION }, kind: { eq: PROJECT } }) { totalCount }
    organizations(where: { or: [{ agreements: { some: { status: { eq: IN_FORCE } } } }, { projects: { some: { status: { eq: IMPLEMENTATION } } } }] }) { totalCount }
    reached: administrativeUnits(where: { level: { gte: 1 }, validTo: { isNull: true }, locations: { some: {} } }) { totalCount }
    units: administrativeUnits(where: { level: { gte: 1 }, validTo: { isNull: true } }) { totalCount }
  }
`);

// Apart from the counts, which stand at once: money takes longer to add up.
const Money = graphql(`
  query HomeMoney {
    committed: funding(by: [YEAR], measure: COMMITMENT, currency: "USD") { ...HomeYears }
    spent: funding(by: [YEAR], measure: SPEND, currency: "USD") { ...HomeYears }
  }

  fragment HomeYears on Funding {
    rows { year amount }
    totals { currency amount withoutRate }
  }
`);

/** So many years are drawn beside an amount. */
const YEARS = 6;

/** What the register holds today, each figure with its rule. */
export function Figures(): ReactNode {
  const { t } = useTranslation('home');
  const format = useFormat();
  const { data, error, refetch } = useGraph(Counted, {});
  const money = useGraph(Money, {}).data;
  if (error) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  const count = (value: number | undefined): string => (value === undefined ? '…' : format.number(value));
  const amount = (name: 'committed' | 'spent', measure: string): Omit<FigureProps, 'name' | 'rule'> => {
    const answer = money?.[name];
    if (!answer) return { value: '…', to: null };
    const [sum] = answer.totals;
    // No amount at all is nothing; amounts without a rate are not known.
    if (!sum) return { value: format.number(0), to: null };
    if (sum.amount === null || sum.amount === undefined) return { value: '–', to: null, left: sum.withoutRate };
    const total = sum.amount;
    const years = answer.rows.flatMap((row) => (typeof row.year === 'number' ? [{ year: row.year, amount: Number(row.amount ?? 0) }] : []));
    const [first, last] = [years[0]?.year, years.at(-1)?.year];
    return {
      value: format.number(Number(total) / 1e6, 1),
      unit: t('figures.million'),
      to: `/funding?measure=${measure}&rows=YEAR&columns=STATUS&from=${first}&to=${last}`,
      years: years.slice(-YEARS),
      span: first === undefined || last === undefined ? undefined : t('figures.span', { from: format.year(first), to: format.year(last) }),
      left: answer.totals.reduce((sum, each) => sum + each.withoutRate, 0),
    };
  };
  // A figure leads to the list it counts, where the lists can show just that.
  const figures = {
    agreements: { value: count(data?.agreements.totalCount), to: '/agreements?status=IN_FORCE' },
    projects: { value: count(data?.running.totalCount), to: '/projects?status=IMPLEMENTATION&kind=PROJECT' },
    committed: amount('committed', 'COMMITMENT'),
    spent: amount('spent', 'SPEND'),
    organizations: { value: count(data?.organizations.totalCount), to: '/organizations?engaged=now' },
    units: { value: count(data?.reached.totalCount), to: '/units?engaged=now', ...(data ? { unit: t('figures.of', { shown: format.number(data.units.totalCount) }) } : {}) },
  };
  return (
    <section className="home-figures" aria-label={t('figures.label')}>
      {(Object.keys(figures) as (keyof typeof figures)[]).map((name) => (
        <Figure key={name} name={t(`figures.${name}.name`)} rule={t(`figures.${name}.rule`)} {...figures[name]} />
      ))}
    </section>
  );
}

interface FigureProps {
  name: string;
  value: string;
  /** What the figure is in, or out of how many. */
  unit?: string;
  /** The list behind it. */
  to: string | null;
  /** The last years of it. */
  years?: { year: number; amount: number }[];
  /** From when to when it counts. */
  span?: string | undefined;
  /** Amounts that are not in it for want of an exchange rate. */
  left?: number;
  rule: string;
}

function Figure(props: FigureProps): ReactNode {
  const { t } = useTranslation('home');
  const format = useFormat();
  const { years = [], left = 0 } = props;
  const value = props.to ? <To to={props.to}>{props.value}</To> : props.value;
  return (
    <div>
      <h2>{props.name}</h2>
      <div className="home-amount">
        <p className="home-value">
          {value} {props.unit && <small>{props.unit}</small>}
        </p>
        {years.length > 1 && <Spark years={years} />}
      </div>
      <p className="home-rule">
        <strong>{t('figures.rule')}</strong> {props.rule} {props.span} {left > 0 && t('places.withoutRate', { count: left, shown: format.number(left) })}
      </p>
    </div>
  );
}

/** The last years as bars; time runs from the reading edge, and the figure's link has the years as numbers. */
function Spark(props: { years: { year: number; amount: number }[] }): ReactNode {
  const { t } = useTranslation('home');
  const format = useFormat();
  const { dir } = useLanguage();
  const { years } = props;
  const largest = Math.max(...years.map(({ amount }) => amount));
  const said = years.map(({ year, amount }) => t('figures.year', { year: format.year(year), amount: format.number(amount / 1e6, 1) }));
  return (
    <svg className="home-spark" viewBox="0 0 104 40" role="img" aria-label={t('figures.years', { years: said.join(t('figures.between')) })}>
      {years.map(({ year, amount }, index) => {
        const high = Math.max(1, (40 * amount) / largest);
        const place = (dir === 'rtl' ? years.length - 1 - index : index) * (104 / years.length);
        return (
          <rect key={year} className={index === years.length - 1 ? 'home-spark-last' : undefined} x={place + 2} y={40 - high} width={104 / years.length - 4} height={high} rx={1.5}>
            <title>{said[index]}</title>
          </rect>
        );
      })}
    </svg>
  );
}
