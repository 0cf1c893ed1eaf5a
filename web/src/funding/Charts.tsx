import { scaleLinear, scalePoint } from 'd3-scale';
import { line as lineShape } from 'd3-shape';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { FundingDimension } from '../gql/graphql';
import { To } from '../shell/To';
import { useFormat } from '../shell/format';
import { useLanguage } from '../shell/language';
import { useHeadingName } from './CrossTableView';
import { type Place, behind } from './behind';
import { cutNames } from './names';
import { type Series, alongYears, seriesOf } from './series';
import type { CrossTable, Line } from './table';
import type { View } from './view';

interface ChartProps {
  table: CrossTable;
  view: View;
}

/** How the parts of a chart are called, and which list stands behind them. */
function useParts({ view }: ChartProps): {
  millions: (amount: number | null) => string;
  called: (line: Line | null, dimension: FundingDimension) => string;
  list: (...places: [readonly Line[], FundingDimension][]) => string | null;
} {
  const { t } = useTranslation('funding');
  const format = useFormat();
  const nameOf = useHeadingName();
  return {
    millions: (amount) => (amount === null ? '–' : format.fixed(amount / 1e6, 1)),
    called: (line, dimension) => (line ? nameOf(line.heading, dimension) : t('other')),
    list: (...places) => behind(view, places.map(([lines, dimension]): Place => ({ dimension, headings: lines.map((line) => line.heading) }))),
  };
}

/** The lines that a series stands for. */
const linesOf = (series: Series): readonly Line[] => (series.line ? [series.line] : series.rest);

/** The figures of the table as a drawing. */
export default function Charts(props: ChartProps): ReactNode {
  return props.view.show === 'lines' ? <LineChart {...props} /> : <BarChart {...props} />;
}

/** Bars from the reading edge, one for each row, with the columns as their parts; in years, as they follow one another. */
function BarChart(props: ChartProps): ReactNode {
  const { t } = useTranslation('funding');
  const { table, view } = props;
  const { dir } = useLanguage();
  const { millions, called, list } = useParts(props);
  const parts = seriesOf(table.columns, table.rows, (column, row) => table.cell(row, column));
  const sums = table.rows.map((_, row) => parts.reduce((sum, part) => sum + Math.max(0, part.amounts[row] ?? 0), 0));
  const across = scaleLinear([0, Math.max(1, ...sums)], [0, 1000]);
  return (
    <>
      <Legend series={parts} dimension={view.columns} called={called} />
      <table className="funding-bars" aria-label={t('table')}>
        <tbody>
          {table.rows.map((row, index) => {
            const to = list([[row], view.rows]);
            let from = 0;
            return (
              <tr key={row.heading.key}>
                <th scope="row">{called(row, view.rows)}</th>
                <td aria-hidden>
                  <svg viewBox="0 0 1000 18" preserveAspectRatio="none">
                    {parts.map((part, place) => {
                      const amount = Math.max(0, part.amounts[index] ?? 0);
                      const width = across(amount);
                      const start = dir === 'rtl' ? 1000 - from - width : from;
                      from += width;
                      if (width === 0) return null;
                      const drawn = (
                        <rect x={start} y={0} width={Math.max(1, width - 1.5)} height={18} className={`funding-fill-${colour(part, place)}`}>
                          <title>{`${called(row, view.rows)} · ${called(part.line, view.columns)}: ${millions(amount)}`}</title>
                        </rect>
                      );
                      const behindPart = list([[row], view.rows], [linesOf(part), view.columns]);
                      return behindPart ? <To key={place} to={behindPart} tabIndex={-1}>{drawn}</To> : <g key={place}>{drawn}</g>;
                    })}
                  </svg>
                </td>
                <td>{to ? <To to={to}>{millions(row.total)}</To> : millions(row.total)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </>
  );
}

const WIDTH = 860;
const HEIGHT = 380;
const AXIS = 56;
const NAMES = 236;
/** From one name to the next. */
const LINE = 19;

/** Lines over the years, which run from the reading edge; each line has its name at its end. */
function LineChart(props: ChartProps): ReactNode {
  const { t } = useTranslation('funding');
  const format = useFormat();
  const { table, view } = props;
  const { dir } = useLanguage();
  const { millions, called, list } = useParts(props);
  const { groups, series, left } = alongYears(table, view.rows === 'YEAR');
  const other = view.rows === 'YEAR' ? view.columns : view.rows;
  const rightToLeft = dir === 'rtl';
  const amounts = series.flatMap((each) => each.amounts).filter((amount) => amount !== null);
  const up = scaleLinear([Math.min(0, ...amounts), Math.max(1, ...amounts)], [HEIGHT - 34, 12]).nice(5);
  const near = rightToLeft ? WIDTH - AXIS : AXIS;
  const far = rightToLeft ? NAMES : WIDTH - NAMES;
  const along = scalePoint(groups.map((group) => group.heading.key), [near, far]);
  const path = lineShape<[number, number | null]>().defined(([, amount]) => amount !== null).x(([x]) => x).y(([, amount]) => up(amount ?? 0));
  const at = (group: Line): number => along(group.heading.key) ?? near;
  // Names that would cover one another are pushed apart.
  const ends = series
    .map((each, place) => ({ each, place, y: up([...each.amounts].reverse().find((amount) => amount !== null) ?? 0) }))
    .sort((a, b) => a.y - b.y);
  ends.forEach((end, index) => {
    const before = ends[index - 1];
    if (before && end.y < before.y + LINE) end.y = before.y + LINE;
  });
  // And up again, where they would stand among the years.
  [...ends].reverse().forEach((end, index, upwards) => {
    end.y = Math.min(end.y, (upwards[index - 1]?.y ?? HEIGHT - 20) - LINE);
  });
  const names = cutNames(series.map((each) => called(each.line, other)), NAMES - 36);
  return (
    <>
      <div className="funding-scroll" role="region" tabIndex={0} aria-label={t('views.lines')}>
        <svg className="funding-lines" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} direction={dir} aria-hidden>
          {up.ticks(5).map((tick) => (
            <g key={tick}>
              <line x1={near} x2={far} y1={up(tick)} y2={up(tick)} className="funding-grid" />
              <text x={near + (rightToLeft ? 8 : -8)} y={up(tick)} dy="0.35em" textAnchor="end" className="funding-tick">{millions(tick)}</text>
            </g>
          ))}
          {groups.map((group) => (
            <text key={group.heading.key} x={at(group)} y={HEIGHT - 8} textAnchor="middle" className="funding-tick">{called(group, 'YEAR')}</text>
          ))}
          {series.map((each, place) => (
            <g key={each.line?.heading.key ?? 'other'}>
              <path d={path(each.amounts.map((amount, index) => [groups[index] ? at(groups[index]) : near, amount])) ?? ''} fill="none" className={`funding-line funding-stroke-${colour(each, place)}`} />
              {each.amounts.map((amount, index) => {
                const group = groups[index];
                if (amount === null || !group) return null;
                const dot = (
                  <circle cx={at(group)} cy={up(amount)} r={4.5} className={`funding-fill-${colour(each, place)}`}>
                    <title>{`${called(each.line, other)} · ${called(group, 'YEAR')}: ${millions(amount)}`}</title>
                  </circle>
                );
                const to = list([linesOf(each), other], [[group], 'YEAR']);
                return to ? <To key={group.heading.key} to={to} tabIndex={-1}>{dot}</To> : <g key={group.heading.key}>{dot}</g>;
              })}
            </g>
          ))}
          {ends.map(({ each, place, y }) => (
            <g key={place}>
              <rect x={rightToLeft ? far - 24 : far + 14} y={y - 5} width={10} height={10} rx={2} className={`funding-fill-${colour(each, place)}`} />
              <text x={far + (rightToLeft ? -30 : 30)} y={y} dy="0.35em" textAnchor="start" className="funding-name">
                <title>{called(each.line, other)}</title>
                {names[place]}
              </text>
            </g>
          ))}
        </svg>
      </div>
      {left > 0 && <p className="funding-unit">{t('chart.rest', { count: left, shown: format.number(left) })}</p>}
    </>
  );
}

/** The rest is always grey. */
const colour = (series: Series, place: number): number => (series.line === null ? 8 : (place % 7) + 1);

function Legend(props: { series: Series[]; dimension: FundingDimension; called: (line: Line | null, dimension: FundingDimension) => string }): ReactNode {
  const { t } = useTranslation('funding');
  return (
    <ul className="funding-legend" aria-label={t('chart.legend')}>
      {props.series.map((each, place) => (
        <li key={each.line?.heading.key ?? 'other'}>
          <svg viewBox="0 0 11 11" aria-hidden>
            <rect width={11} height={11} rx={3} className={`funding-fill-${colour(each, place)}`} />
          </svg>
          {props.called(each.line, props.dimension)}
        </li>
      ))}
    </ul>
  );
}
