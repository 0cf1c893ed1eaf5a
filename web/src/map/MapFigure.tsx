import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNote } from '../look/ErrorNote';
import { Loading } from '../look/Loading';
import { Legend } from './Legend';
import { MapTable } from './MapTable';
import { Sheet } from './Sheet';
import { limitsOf } from './classes';
import type { Marks } from './marks';
import { useAreas } from './useAreas';
import { useWidth } from './useWidth';
import './map.css';

/** What a map tells of its units. */
export interface Figures {
  /** By id of the unit; a unit without a figure is not known. */
  values: ReadonlyMap<string, number>;
  /** Measure and unit of the figures, such as "Spent, million US dollars". */
  measure: string;
  /** How figures are written. */
  shown: (value: number) => string;
  /** What belongs to no area, such as money for the whole country; said beside the map, never spread over it. */
  besides?: { name: string; value: number; list?: string | null }[];
  /** The list behind the figure of a unit, by its id. */
  listOf?: (unit: string) => string | null;
}

/** A place on the map that is not an area. */
export interface MapPoint {
  key: string;
  latitude: number;
  longitude: number;
  name: string;
  /** How exact the place is, and what else there is to say. */
  note?: string | undefined;
  /** Its page, if it has one. */
  to?: string | undefined;
  exact: boolean;
}

export interface MapProps {
  title: string;
  /** The governorate whose districts are shown; the governorates of the country if absent. */
  of?: string | null;
  figures?: Figures;
  /** The unit that the page is about. */
  marked?: string | null;
  points?: MapPoint[];
  /** Numbers at places. */
  marks?: Marks;
  /** The counting rule of the figures. */
  rule?: ReactNode;
}

/** A map with everything that makes it readable without seeing it: title, legend, rule, and the same figures as a table. */
export default function MapFigure(props: MapProps): ReactNode {
  const { t } = useTranslation('map');
  const { drawn, error, refetch } = useAreas(props.of ?? null);
  const [element, width] = useWidth();
  const [open, setOpen] = useState(false);
  // The points that a mark stands for, to be found in the table.
  const [sought, seek] = useState<readonly string[]>([]);
  const title = useId();
  const openAt = (keys: readonly string[]): void => {
    setOpen(true);
    seek([...keys]);
  };
  const { figures, points = [], marks } = props;
  if (error) return <ErrorNote error={error} onRetry={refetch} />;
  // Figures of units that are not drawn set no limits.
  const limits = limitsOf((drawn?.areas ?? []).map((area) => figures?.values.get(area.unit.id) ?? 0));
  return (
    <figure className="map" aria-labelledby={title} ref={element}>
      <figcaption id={title}>{props.title}</figcaption>
      {!drawn && <Loading />}
      {drawn && drawn.areas.length > 0 && width > 0 && (
        <Sheet areas={drawn.areas} width={width} figures={figures} limits={limits} marked={props.marked ?? null} points={points} marks={marks} title={props.title} onTogether={openAt} />
      )}
      {drawn && <Legend figures={figures} limits={limits} points={points} marks={marks} areas={drawn.areas} />}
      {drawn?.schematic && <p className="map-note">{t('schematic')}</p>}
      <div className="map-more">
        {props.rule && (
          <details>
            <summary>{t('rule')}</summary>
            <p className="map-note">{props.rule}</p>
          </details>
        )}
        {drawn && (figures || points.length > 0) && (
          <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
            <summary>{t('asTable')}</summary>
            {open && <MapTable areas={drawn.areas} figures={figures} points={points} sought={sought} marks={marks} title={props.title} />}
          </details>
        )}
      </div>
    </figure>
  );
}
