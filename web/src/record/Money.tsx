import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { currencies } from '../funding/view';
import { graphql } from '../gql';
import type { FunderMoneyQuery, MoneyOfYearsQuery, ProjectWhere } from '../gql/graphql';
import { useAsked, useGraph } from '../graph/useGraph';
import { ErrorNote } from '../look/ErrorNote';
import { Loading } from '../look/Loading';
import { Switch } from '../look/Switch';
import { To } from '../shell/To';
import { useFormat } from '../shell/format';
import { withParam } from '../shell/withParam';
import { Counted } from './Counted';
import { type Series, YearBars } from './YearBars';
import { Section } from './parts';

const Projects = graphql(`
  query MoneyOfYears($where: ProjectWhere!, $currency: String!) {
    committed: funding(where: $where, by: [YEAR], measure: COMMITMENT, currency: $currency) { ...MoneyOfYear }
    spent: funding(where: $where, by: [YEAR], measure: SPEND, currency: $currency) { ...MoneyOfYear }
    budgeted: funding(where: $where, by: [YEAR], measure: BUDGET, currency: $currency) { ...MoneyOfYear }
    planned: funding(where: $where, by: [YEAR], measure: PLANNED, currency: $currency) { ...MoneyOfYear }
  }

  fragment MoneyOfYear on Funding {
    rows { year amount withoutRate }
    totals { amount withoutRate }
    ...CountedMoney
  }
`);

const Funder = graphql(`
  query FunderMoney($where: ProjectWhere!, $currency: String!) {
    committed: funding(where: $where, by: [YEAR, FUNDER], measure: COMMITMENT, currency: $currency) { ...MoneyOfFunder }
    spent: funding(where: $where, by: [YEAR, FUNDER], measure: SPEND, currency: $currency) { ...MoneyOfFunder }
    planned: funding(where: $where, by: [YEAR, FUNDER], measure: PLANNED, currency: $currency) { ...MoneyOfFunder }
  }

  fragment MoneyOfFunder on Funding {
    rows { year funder { id } amount withoutRate }
    subtotals(by: [FUNDER]) { funder { id } amount withoutRate }
    ...CountedMoney
  }
`);

/** The money of one kind: of its years, and in all. */
interface Sum {
  rows: readonly { year?: number | null; amount?: string | null; withoutRate: number }[];
  total: { amount?: string | null; withoutRate: number } | undefined;
}

type Kinds = Readonly<Record<string, Sum>>;

/** The money of projects in one reporting currency, year by year: what was promised, what was spent, what is planned. */
export function ProjectMoney(props: { where: ProjectWhere; own?: string | null | undefined }): ReactNode {
  const [currency, choices, choose] = useCurrency(props.own);
  const { where } = props;
  const answer = useGraph(Projects, { where, currency }, { stays: (before) => JSON.stringify(before.where) === JSON.stringify(where) });
  const asked = useAsked(answer, currency);
  const parts = (data: MoneyOfYearsQuery): Kinds => Object.fromEntries((['committed', 'spent', 'budgeted', 'planned'] as const).map((key) => [key, { rows: data[key].rows, total: data[key].totals[0] }]));
  return <Answer answer={answer} sums={parts} currency={asked} switch={{ currency, choices, choose }} />;
}

/** The money that an organization gives: of the projects it takes part in, what was promised, spent and planned by it. */
export function FunderMoney(props: { organization: string }): ReactNode {
  const { organization } = props;
  const [currency, choices, choose] = useCurrency(null);
  const where = { partners: { some: { organization: { id: { eq: organization } } } } };
  const answer = useGraph(Funder, { where, currency }, { stays: (before) => JSON.stringify(before.where) === JSON.stringify(where) });
  const asked = useAsked(answer, currency);
  const own = <Row extends { funder?: { id: string } | null }>(rows: readonly Row[]): Row[] => rows.filter(({ funder }) => funder?.id === organization);
  const parts = (data: FunderMoneyQuery): Kinds => Object.fromEntries((['committed', 'spent', 'planned'] as const).map((key) => [key, { rows: own(data[key].rows), total: own(data[key].subtotals)[0] }]));
  return <Answer answer={answer} sums={parts} currency={asked} switch={{ currency, choices, choose }} to={`/funding?rows=SECTOR&columns=YEAR&funder=${organization}`} whole={false} />;
}

/** Reporting currencies on offer: the usual ones, and the record's own. */
export const reportingCurrencies = (own: string | null | undefined): string[] => [...new Set<string>([...currencies, ...(own ? [own] : [])])];

/** The reporting currency in the address, those on offer, and the way to another. */
function useCurrency(own: string | null | undefined): [string, string[], (value: string) => void] {
  const [params, setParams] = useSearchParams();
  const choices = reportingCurrencies(own);
  const usual = currencies[0];
  const chosen = choices.find((one) => one === params.get('currency')) ?? usual;
  return [chosen, choices, (value) => setParams((before) => withParam(before, 'currency', value === usual ? null : value), { replace: true, preventScrollReset: true })];
}

interface AnswerProps<Data> {
  answer: { data: Data | undefined; error: Error | null; isFetching: boolean; refetch: () => unknown };
  sums: (data: Data) => Kinds;
  currency: string;
  switch: { currency: string; choices: readonly string[]; choose: (value: string) => void };
  /** Where the same money can be cut in other ways. */
  to?: string;
  /** Whether the section stands where there is no money too. */
  whole?: boolean;
}

function Answer<Data extends MoneyOfYearsQuery | FunderMoneyQuery>(props: AnswerProps<Data>): ReactNode {
  const { t } = useTranslation('record');
  const format = useFormat();
  const { data, error, isFetching, refetch } = props.answer;
  if (error) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  const sums = props.sums(data);
  const kinds = seriesOf(t).filter(({ key }) => (sums[key]?.rows.length ?? 0) > 0);
  if (kinds.length === 0 && props.whole === false) return null;
  const left = kinds.reduce((all, { key }) => all + (sums[key]?.total?.withoutRate ?? 0), 0);
  const years = [...new Set(kinds.flatMap(({ key }) => (sums[key]?.rows ?? []).flatMap(({ year }) => (typeof year === 'number' ? [year] : []))))].sort((one, other) => one - other);
  const amountOf = (key: string, year: number): string | null | undefined => sums[key]?.rows.find((row) => row.year === year)?.amount;
  const { choices, currency, choose } = props.switch;
  return (
    <Section id="money" title={t('money.title')}>
      <div className="record-money-head">
        <Switch label={t('money.currency')} options={choices.map((value) => ({ value, name: format.currency(value) }))} chosen={currency} onChoose={choose} />
        {props.to && <To to={props.to}>{t('money.cut')}</To>}
      </div>
      {kinds.length === 0 ? (
        <p className="record-none">{t('money.none')}</p>
      ) : (
        <>
          <YearBars
            series={kinds}
            currency={props.currency}
            years={years.map((year) => ({ year, values: Object.fromEntries(kinds.map(({ key }) => [key, Number(amountOf(key, year) ?? 0)])) }))}
          />
          <div className="record-scroll" role="region" tabIndex={0} aria-label={t('money.title')}>
            <table className="record-table record-money-table" aria-busy={isFetching}>
              <caption>{t('money.amountIn', { currency: format.currency(props.currency) })}</caption>
              <thead>
                <tr>
                  <th scope="col">{t('money.year')}</th>
                  {kinds.map(({ key, name }) => (
                    <th key={key} scope="col" className="record-number">
                      {name}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {years.map((year) => (
                  <tr key={year}>
                    <th scope="row">{format.year(year)}</th>
                    {kinds.map(({ key }) => (
                      <td key={key} className="record-number">
                        {written(format, amountOf(key, year))}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
              <tfoot>
                <tr>
                  <th scope="row">{t('money.total')}</th>
                  {kinds.map(({ key }) => (
                    <td key={key} className="record-number">
                      {written(format, sums[key]?.total?.amount)}
                    </td>
                  ))}
                </tr>
              </tfoot>
            </table>
          </div>
        </>
      )}
      {left > 0 && <p className="record-left">{t('money.without', { count: left, shown: format.number(left) })}</p>}
      <Counted funding={Object.entries(data).flatMap(([key, funding]) => (typeof funding === 'object' && kinds.some((kind) => kind.key === key) ? [funding] : []))} />
    </Section>
  );
}

const written = (format: ReturnType<typeof useFormat>, amount: string | null | undefined): string => (amount ? format.number(amount) : '–');

/** The kinds of money in the order in which they come about. */
function seriesOf(t: (key: string) => string): Series[] {
  return [
    { key: 'committed', name: t('money.committed'), look: 'promised' },
    { key: 'spent', name: t('money.spent'), look: 'paid' },
    { key: 'planned', name: t('money.planned'), look: 'planned' },
    { key: 'budgeted', name: t('money.budgeted'), look: 'budget' },
  ];
}
