import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Figures, MapPoint } from './MapFigure';
import type { Area } from './areas';
import type { Marks } from './marks';
import { classOf, stepOf } from './classes';

/** What the colours and marks mean: only those that occur. */
export function Legend(props: { figures: Figures | undefined; limits: readonly number[]; points: readonly MapPoint[]; marks: Marks | undefined; areas: readonly Area[] }): ReactNode {
  const { t } = useTranslation('map');
  const { figures, limits, points, areas } = props;
  const shown = (value: number): string => figures?.shown(value) ?? '';
  const found = areas.map((area) => figures?.values.get(area.unit.id));
  const rangeOf = (index: number): string => {
    const [from, to] = [limits[index - 2], limits[index - 1]];
    if (from === undefined) return to === undefined ? t('any') : t('under', { to: shown(to) });
    return to === undefined ? t('over', { from: shown(from) }) : t('between', { from: shown(from), to: shown(to) });
  };
  const classes = found.some((value) => value !== undefined && value > 0) ? limits.concat(0).map((_, index) => index + 1) : [];
  const items = [
    ...(found.some((value) => value !== undefined && classOf(value, limits) === 0) ? [{ mark: <Square of="map-step-0" />, text: t('nothing') }] : []),
    ...classes.map((index) => ({ mark: <Square of={`map-step-${stepOf(index, limits)}`} />, text: rangeOf(index) })),
    ...(found.includes(undefined) ? [{ mark: <Square of="map-unknown" />, text: t('unknown') }] : []),
  ];
  const dots = [
    ...(points.some((point) => point.exact) ? [{ mark: <Dot near={false} />, text: t('exact') }] : []),
    ...(points.some((point) => !point.exact) ? [{ mark: <Dot near />, text: t('near') }] : []),
    ...(props.marks ? [{ mark: <Mark />, text: t('marks', { measure: props.marks.measure }) }] : []),
  ];
  return (
    <div className="map-legend">
      {figures && <p>{figures.measure}</p>}
      <ul>
        {[...(figures ? items : []), ...dots].map((item) => (
          <li key={item.text}>
            {item.mark} {item.text}
          </li>
        ))}
      </ul>
      {(figures?.besides ?? []).map((beside) => (
        <p key={beside.name}>{t('beside', { name: beside.name, figure: shown(beside.value) })}</p>
      ))}
      {props.marks?.note && <p>{props.marks.note}</p>}
    </div>
  );
}

function Square(props: { of: string }): ReactNode {
  return (
    <svg aria-hidden width="22" height="12">
      <rect className={`map-fill map-swatch ${props.of}`} x="0.5" y="0.5" width="21" height="11" />
    </svg>
  );
}

function Dot(props: { near: boolean }): ReactNode {
  return (
    <svg aria-hidden width="22" height="22">
      <circle className={props.near ? 'map-dot map-dot-near' : 'map-dot'} cx="11" cy="11" r={props.near ? 9 : 6} />
    </svg>
  );
}

function Mark(): ReactNode {
  return (
    <svg aria-hidden width="26" height="26" className="map-mark">
      <circle cx="13" cy="13" r="12" />
      <text x="13" y="13" dy="0.35em">
        n
      </text>
    </svg>
  );
}
