import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeliveredOfYearFragment } from '../gql/graphql';
import { YearBars } from '../record/YearBars';
import { To } from '../shell/To';
import { useFormat } from '../shell/format';
import { Opens } from './Opens';

type Year = DeliveredOfYearFragment;

/** The kinds of money that a year is told by, with what adds each up. */
const kinds = [
  { key: 'committed', look: 'promised', measure: 'COMMITMENT', amount: (year: Year | undefined) => year?.commitment },
  { key: 'disbursed', look: 'paid', measure: 'DISBURSEMENT', amount: (year: Year | undefined) => year?.disbursement },
] as const;

interface YearsProps {
  id: string;
  years: readonly Year[];
  /** What is still to be disbursed, by the year in which its period starts. */
  planned: ReadonlyMap<number, string>;
  currency: string;
}

/** What was delivered year by year and what is planned: the money as bars, and everything as a table. */
export function Years(props: YearsProps): ReactNode {
  const { t } = useTranslation('agreement');
  const { planned } = props;
  const years = [...new Set([...props.years.map(({ year }) => year), ...planned.keys()])].sort((one, other) => one - other);
  if (years.length === 0) return <p className="record-none">{t('years.none')}</p>;
  const of = (year: number): Year | undefined => props.years.find((one) => one.year === year);
  return (
    <div className="agreement-years">
      <h3>{t('years.title')}</h3>
      <YearBars
        series={[...kinds.map(({ key, look }) => ({ key, look, name: t(`years.${key}`) })), { key: 'planned', look: 'planned', name: t('years.planned') }]}
        years={years.map((year) => ({ year, values: { ...Object.fromEntries(kinds.map(({ key, amount }) => [key, Number(amount(of(year)) ?? 0)])), planned: Number(planned.get(year) ?? 0) } }))}
        currency={props.currency}
        to={(key, year) => behindMoney(props.id, kinds.find((kind) => kind.key === key)?.measure ?? 'PLANNED', year)}
      />
      <details className="record-counted agreement-as-table">
        <summary>{t('years.asTable')}</summary>
        <div className="record-scroll" role="region" tabIndex={0} aria-label={t('years.title')}>
          <YearTable {...props} all={years} of={of} />
        </div>
      </details>
    </div>
  );
}

/** The list of the projects whose money of a year that is. */
const behindMoney = (id: string, measure: string, year: number): string => `/projects?agreement=${id}&year=${year}&money=${measure}`;

function YearTable(props: YearsProps & { all: readonly number[]; of: (year: number) => Year | undefined }): ReactNode {
  const { t } = useTranslation('agreement');
  const format = useFormat();
  const amount = (value: string | null | undefined): string => (value ? format.number(value, 2) : t('none'));
  return (
    <table className="record-table">
      <thead>
        <tr>
          <th scope="col">{t('years.year')}</th>
          {(['committed', 'disbursed', 'planned', 'cumulative', 'dues', 'measured'] as const).map((name) => (
            <th key={name} scope="col" className="record-number">{t(`years.${name}`)}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {props.all.map((number) => {
          const year = props.of(number);
          const planned = props.planned.get(number);
          return (
            <tr key={number}>
              <th scope="row">{format.year(number)}</th>
              {kinds.map(({ key, measure, amount: of }) => (
                <td key={key} className="record-number">{of(year) ? <To to={behindMoney(props.id, measure, number)}>{amount(of(year))}</To> : t('none')}</td>
              ))}
              <td className="record-number">{planned ? <To to={behindMoney(props.id, 'PLANNED', number)}>{amount(planned)}</To> : t('none')}</td>
              <td className="record-number">{amount(year?.cumulativeDisbursement)}</td>
              <td className="record-number">
                {year && year.obligationsDue > 0 ? <Opens behind={{ list: 'obligations', which: 'all', year: number }}>{t('years.of', { part: format.number(year.obligationsDone), total: format.number(year.obligationsDue) })}</Opens> : t('none')}
              </td>
              <td className="record-number">
                {year && year.indicatorsMeasured > 0 ? <Opens behind={{ list: 'indicators', which: 'all', year: number }}>{t('years.of', { part: format.number(year.indicatorsAchieved), total: format.number(year.indicatorsMeasured) })}</Opens> : t('none')}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
