import { scaleBand, scaleLinear } from 'd3-scale';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeliveredOfYearFragment } from '../gql/graphql';
import { useWidth } from '../map/useWidth';
import { To } from '../shell/To';
import { useFormat } from '../shell/format';
import { useLanguage } from '../shell/language';
import { Opens } from './Opens';

type Year = DeliveredOfYearFragment;

/** The two kinds of money that a year is told by. */
const measures = [
  { measure: 'COMMITMENT', part: 'committed', amount: (year: Year) => year.commitment },
  { measure: 'DISBURSEMENT', part: 'disbursed', amount: (year: Year) => year.disbursement },
] as const;

/** What was delivered year by year: the money as bars, and everything as a table. */
export function Years(props: { id: string; years: readonly Year[]; currency: string }): ReactNode {
  const { t } = useTranslation('agreement');
  const format = useFormat();
  const { years, currency } = props;
  if (years.length === 0) return <p className="record-none">{t('years.none')}</p>;
  return (
    <div className="agreement-years">
      <h3>{t('years.title')}</h3>
      <p className="agreement-key">
        <span>{t('years.unit', { currency: format.currency(currency) })}</span>
        {measures.map(({ part }) => (
          <span key={part}>
            <svg viewBox="0 0 11 11" aria-hidden>
              <rect className={`agreement-bar-${part}`} width={11} height={11} rx={3} />
            </svg>
            {t(`years.${part}`)}
          </span>
        ))}
      </p>
      <Bars {...props} />
      <details className="agreement-as-table">
        <summary>{t('years.asTable')}</summary>
        <div className="agreement-scroll" role="region" tabIndex={0} aria-label={t('years.title')}>
          <YearTable {...props} />
        </div>
      </details>
    </div>
  );
}

const HEIGHT = 210;
const FOOT = 24;
const AXIS = 44;

/** Two bars a year; time runs from the reading edge. The table says the same. */
function Bars(props: { id: string; years: readonly Year[] }): ReactNode {
  const { t } = useTranslation('agreement');
  const format = useFormat();
  const { dir } = useLanguage();
  const [ref, width] = useWidth();
  const rightToLeft = dir === 'rtl';
  const numbers = props.years.map((year) => year.year);
  const span = Array.from({ length: Math.max(...numbers) - Math.min(...numbers) + 1 }, (_, index) => Math.min(...numbers) + index);
  const up = scaleLinear([0, Math.max(1, ...props.years.flatMap((year) => measures.map(({ amount }) => Number(amount(year) ?? 0))))], [HEIGHT - FOOT, 12]).nice(4);
  const near = rightToLeft ? width - AXIS : AXIS;
  const far = rightToLeft ? 0 : width;
  const along = scaleBand(span, [near, far]).paddingInner(0.3).paddingOuter(0.15);
  const half = along.bandwidth() / 2;
  const millions = (amount: number): string => format.number(amount / 1e6, 1);
  // So many years have room for their names.
  const every = Math.max(1, Math.ceil((span.length * 42) / Math.max(1, width - AXIS)));
  return (
    <div ref={ref}>
      {width > 0 && (
        <svg className="agreement-bars" width={width} height={HEIGHT} viewBox={`0 0 ${width} ${HEIGHT}`} direction={dir} aria-hidden>
          {up.ticks(4).map((tick) => (
            <g key={tick}>
              <line x1={near} x2={far} y1={up(tick)} y2={up(tick)} />
              <text x={near + (rightToLeft ? 6 : -6)} y={up(tick)} dy="0.35em" textAnchor="end">{millions(tick)}</text>
            </g>
          ))}
          {span.map((year, index) =>
            index % every === 0 ? (
              <text key={year} x={(along(year) ?? near) + half} y={HEIGHT - 6} textAnchor="middle">{format.year(year)}</text>
            ) : null,
          )}
          {props.years.map((year) =>
            measures.map(({ measure, part, amount }, place) => {
              const value = Number(amount(year) ?? 0);
              if (value <= 0) return null;
              const first = rightToLeft ? 1 - place : place;
              return (
                <To key={`${year.year} ${part}`} to={behindMoney(props.id, measure, year.year)} tabIndex={-1}>
                  <rect className={`agreement-bar-${part}`} x={(along(year.year) ?? near) + first * half} y={up(value)} width={Math.max(1, half - 1)} height={up(0) - up(value)}>
                    <title>{`${t(`years.${part}`)} · ${format.year(year.year)}: ${millions(value)}`}</title>
                  </rect>
                </To>
              );
            }),
          )}
        </svg>
      )}
    </div>
  );
}

/** The list of the projects whose money of a year that is. */
const behindMoney = (id: string, measure: string, year: number): string => `/projects?agreement=${id}&year=${year}&money=${measure}`;

function YearTable(props: { id: string; years: readonly Year[] }): ReactNode {
  const { t } = useTranslation('agreement');
  const format = useFormat();
  const amount = (value: string | null | undefined): string => (value ? format.number(value, 2) : t('none'));
  return (
    <table className="record-table">
      <thead>
        <tr>
          <th scope="col">{t('years.year')}</th>
          {(['committed', 'disbursed', 'cumulative', 'dues', 'measured'] as const).map((name) => (
            <th key={name} scope="col" className="record-number">{t(`years.${name}`)}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {props.years.map((year) => (
          <tr key={`${year.year} ${year.currency}`}>
            <th scope="row">{format.year(year.year)}</th>
            {measures.map(({ measure, part, amount: of }) => (
              <td key={part} className="record-number">{of(year) ? <To to={behindMoney(props.id, measure, year.year)}>{amount(of(year))}</To> : t('none')}</td>
            ))}
            <td className="record-number">{amount(year.cumulativeDisbursement)}</td>
            <td className="record-number">
              {year.obligationsDue > 0 ? <Opens behind={{ list: 'obligations', which: 'all', year: year.year }}>{t('years.of', { part: format.number(year.obligationsDone), total: format.number(year.obligationsDue) })}</Opens> : t('none')}
            </td>
            <td className="record-number">
              {year.indicatorsMeasured > 0 ? <Opens behind={{ list: 'indicators', which: 'all', year: year.year }}>{t('years.of', { part: format.number(year.indicatorsAchieved), total: format.number(year.indicatorsMeasured) })}</Opens> : t('none')}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
