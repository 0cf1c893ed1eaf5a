import { type ReactNode, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { To } from '../shell/To';
import { useLanguage } from '../shell/language';
import type { Figures, MapPoint } from './MapFigure';
import { type Area, placeOf } from './areas';
import { classOf, stepOf } from './classes';
import { type Point, boxOf } from './geometry';
import { frameOf, labelsOf, uncovered } from './labels';
import { MarkLayer } from './MarkLayer';
import { SpotLayer } from './SpotLayer';
import { type Marks, marksOf } from './marks';

interface SheetProps {
  areas: readonly Area[];
  width: number;
  figures: Figures | undefined;
  limits: readonly number[];
  marked: string | null;
  points: readonly MapPoint[];
  marks: Marks | undefined;
  title: string;
  /** Opens the list of some of the points. */
  onTogether: (points: readonly string[]) => void;
}

/** What the reader points at or has the focus on. */
export interface Hint {
  key: string;
  name: string;
  text: string;
  at: Point;
}

/** The drawing itself. Units lead to their pages, by pointer and by keyboard; it is never mirrored. */
export function Sheet(props: SheetProps): ReactNode {
  const { t } = useTranslation('map');
  const { areas, width, figures, limits, marked, points, marks } = props;
  const [hint, setHint] = useState<Hint | null>(null);
  const frame = useMemo(() => frameOf(areas, boxOf(areas.flatMap(({ box }) => [[box.left, box.top] as const, [box.right, box.bottom] as const])), width), [areas, width]);
  const drawnMarks = useMemo(() => (marks ? marksOf(marks, frame.at) : []), [marks, frame]);
  const labels = useMemo(() => uncovered(labelsOf(areas, frame), drawnMarks), [areas, frame, drawnMarks]);
  const [left, top] = frame.at([0, 0]);
  const lain = `translate(${left} ${top}) scale(${frame.scale})`;
  const textOf = (id: string): string => {
    const value = figures?.values.get(id);
    return value === undefined ? t('unknown') : (figures?.shown(value) ?? '');
  };
  const hinted = (next: Hint): object => ({ onMouseEnter: () => setHint(next), onMouseLeave: () => setHint(null), onFocus: () => setHint(next), onBlur: () => setHint(null) });
  const ringed = areas.filter((area) => area.unit.id === marked || area.unit.id === hint?.key);
  const colour = (id: string): string => {
    if (!figures) return 'map-plain';
    const value = figures.values.get(id);
    return value === undefined ? 'map-unknown' : `map-step-${stepOf(classOf(value, limits), limits)}`;
  };
  const spots = points.flatMap((point) => {
    const place = placeOf(point);
    return place ? [{ ...point, at: frame.at(place) }] : [];
  });
  return (
    <div className="map-sheet">
      <svg viewBox={`0 0 ${frame.width} ${frame.height}`} width={frame.width} height={frame.height} role="group" aria-label={props.title}>
        <g transform={lain}>
          {areas.map((area) => {
            const { id, name, pcode } = area.unit;
            const drawing = (
              <>
                <path className={`map-fill ${colour(id)}`} d={area.fill} fillRule="evenodd" />
                <path className="map-edge" d={area.edge} />
              </>
            );
            if (!figures) return <g key={id}>{drawing}</g>;
            const at = frame.at(area.centre);
            return (
              <To key={id} to={`/units/${id}`} className="map-area" aria-label={t('named', { name: name?.text ?? pcode, figure: textOf(id) })} {...hinted({ key: id, name: name?.text ?? pcode, text: textOf(id), at })}>
                {drawing}
              </To>
            );
          })}
          {ringed.map((area) => (
            <path key={area.unit.id} className="map-ring" d={area.edge} />
          ))}
        </g>
        <g aria-hidden className="map-labels">
          {labels.map((label) => (
            <g key={label.key} className={label.to ? `map-outside map-${label.side}` : colour(label.key)}>
              {label.to && <path d={`M${label.at[0] + (label.side === 'left' ? 3 : -3)} ${label.at[1]}L${label.to[0]} ${label.to[1]}`} />}
              <text x={label.at[0]} y={label.at[1]} dy="0.35em">
                {label.text}
              </text>
            </g>
          ))}
        </g>
        <SpotLayer spots={spots} hinted={hinted} onTogether={props.onTogether} />
        {marks && <MarkLayer drawn={drawnMarks} of={marks} hinted={hinted} />}
        {hint && <HintBox hint={hint} width={frame.width} />}
      </svg>
    </div>
  );
}

const HINT_WIDTH = 200;

/** Name and figure over what is pointed at; a reader of the page hears the same from the link. */
function HintBox(props: { hint: Hint; width: number }): ReactNode {
  const { dir } = useLanguage();
  const [x, y] = props.hint.at;
  const left = Math.max(0, Math.min(props.width - HINT_WIDTH, x - HINT_WIDTH / 2));
  return (
    <foreignObject className="map-hint" x={left} y={y + 14} width={HINT_WIDTH} height={1} aria-hidden>
      <div dir={dir}>
        <strong>{props.hint.name}</strong>
        {props.hint.text && <span>{props.hint.text}</span>}
      </div>
    </foreignObject>
  );
}
