import { scaleBand, scaleLinear } from 'd3-scale';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useWidth } from '../map/useWidth';
import { To } from '../shell/To';
import { useFormat } from '../shell/format';
import { useLanguage } from '../shell/language';
import './yearBars.css';

/** One kind of money: what was promised and what was paid stand as bars, what is planned as a hollow one, a budget as a mark across its year. */
export interface Series {
  key: string;
  name: string;
  look: 'promised' | 'paid' | 'planned' | 'budget';
}

/** The money of a year by kind; what is missing is not drawn. */
export interface YearOfMoney {
  year: number;
  values: Readonly<Record<string, number | undefined>>;
}

interface YearBarsProps {
  series: readonly Series[];
  years: readonly YearOfMoney[];
  currency: string;
  /** The list behind a bar. */
  to?: (key: string, year: number) => string;
}

const HEIGHT = 220;
const FOOT = 24;
const HEAD = 20;
const AXIS = 48;
/** So wide is a bar that has room for its number, and a slot that has room for the name of its year. */
const NUMBERED = 30;
const NAMED = 42;
const WIDEST = 190;
/** So little room a year may have for its bars. */
const NARROWEST = 26;

/** Money year by year, time from the reading edge, fact solid and plan hollow. The table beside it says the same. */
export function YearBars(props: YearBarsProps): ReactNode {
  const { t } = useTranslation('record');
  const format = useFormat();
  const [ref, width] = useWidth();
  const last = Math.max(...props.years.map(({ year }) => year));
  // Where there is no room for all years, the last ones are drawn.
  const room = Math.max(1, Math.floor((width - AXIS) / NARROWEST));
  const years = props.years.filter(({ year }) => width === 0 || year > last - room);
  const series = props.series.filter(({ key }) => years.some(({ values }) => (values[key] ?? 0) > 0));
  const largest = Math.max(0, ...years.flatMap(({ values }) => series.map(({ key }) => values[key] ?? 0)));
  if (largest === 0) return null;
  const unit = unitOf(largest);
  return (
    <div ref={ref}>
      <p className="year-key">
        <span>{t(`years.${unit.name}`, { currency: format.currency(props.currency) })}</span>
        {series.map(({ key, name, look }) => (
          <span key={key}>
            <svg viewBox="0 0 12 12" aria-hidden>
              {look === 'budget' ? <line className="year-budget" x1={0} x2={12} y1={6} y2={6} /> : <rect className={`year-${look}`} x={1} y={1} width={10} height={10} rx={2} />}
            </svg>
            {name}
          </span>
        ))}
      </p>
      {width > 0 && <Bars {...props} years={years} width={width} series={series} largest={largest} divisor={unit.divisor} />}
      {years.length < props.years.length && <p className="year-key">{t('years.last', { count: room, shown: format.number(room) })}</p>}
    </div>
  );
}

/** In what amounts are told: whole ones, thousands or millions. */
export function unitOf(largest: number): { name: 'ones' | 'thousands' | 'millions'; divisor: number } {
  if (largest >= 1e6) return { name: 'millions', divisor: 1e6 };
  return largest >= 1e4 ? { name: 'thousands', divisor: 1e3 } : { name: 'ones', divisor: 1 };
}

function Bars(props: YearBarsProps & { width: number; largest: number; divisor: number }): ReactNode {
  const format = useFormat();
  const { dir } = useLanguage();
  const { width } = props;
  const rightToLeft = dir === 'rtl';
  const numbers = props.years.map(({ year }) => year);
  const [first, last] = [Math.min(...numbers), Math.max(...numbers)];
  const span = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const up = scaleLinear([0, props.largest], [HEIGHT - FOOT, HEAD]).nice(4);
  const near = rightToLeft ? width - AXIS : AXIS;
  // A few years stand together at the reading edge rather than far from each other.
  const long = Math.min(width - AXIS, span.length * WIDEST);
  const end = rightToLeft ? near - long : near + long;
  const along = scaleBand(span, [near, end]).paddingInner(0.3).paddingOuter(0.15);
  const bars = props.series.filter(({ look }) => look !== 'budget');
  const slot = along.bandwidth() / Math.max(1, bars.length);
  const written = (value: number): string => format.number(value / props.divisor, value / props.divisor < 100 ? 1 : 0);
  const every = Math.max(1, Math.ceil(NAMED / Math.max(1, along.step())));
  return (
    <svg className="year-bars" width={width} height={HEIGHT} viewBox={`0 0 ${width} ${HEIGHT}`} direction={dir} aria-hidden>
      {up.ticks(4).map((tick) => (
        <g key={tick}>
          <line x1={near} x2={end} y1={up(tick)} y2={up(tick)} />
          <text x={near + (rightToLeft ? 8 : -8)} y={up(tick)} dy="0.35em" textAnchor="end">{written(tick)}</text>
        </g>
      ))}
      {span.map((year, index) =>
        index % every === 0 ? (
          <text key={year} x={(along(year) ?? near) + along.bandwidth() / 2} y={HEIGHT - 6} textAnchor="middle">{format.year(year)}</text>
        ) : null,
      )}
      {props.years.map(({ year, values }) => {
        const from = along(year) ?? near;
        return props.series.map(({ key, name, look }) => {
          const value = values[key] ?? 0;
          if (value <= 0) return null;
          const title = <title>{`${name} · ${format.year(year)}: ${format.money(value, props.currency)}`}</title>;
          if (look === 'budget') return <line key={`${year} ${key}`} className="year-budget" x1={from - 4} x2={from + along.bandwidth() + 4} y1={up(value)} y2={up(value)}>{title}</line>;
          const place = bars.findIndex((bar) => bar.key === key);
          const x = from + (rightToLeft ? bars.length - 1 - place : place) * slot;
          const bar = (
            <>
              <rect className={`year-${look}`} x={x + 1} y={up(value)} width={Math.max(1, slot - 2)} height={up(0) - up(value)}>{title}</rect>
              {slot >= NUMBERED && <text className="year-number" x={x + slot / 2} y={up(value) - 5} textAnchor="middle">{written(value)}</text>}
            </>
          );
          return props.to ? <To key={`${year} ${key}`} to={props.to(key, year)} tabIndex={-1}>{bar}</To> : <g key={`${year} ${key}`}>{bar}</g>;
        });
      })}
    </svg>
  );
}
