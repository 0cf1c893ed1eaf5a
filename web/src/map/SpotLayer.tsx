import type { KeyboardEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { To } from '../shell/To';
import { useFormat } from '../shell/format';
import type { MapPoint } from './MapFigure';
import type { Hint } from './Sheet';
import type { Point } from './geometry';
import { grouped } from './marks';

/** Places nearer to each other than so many pixels would cover one another, and become one mark. */
const APART = 20;

interface SpotLayerProps {
  spots: readonly (MapPoint & { at: Point })[];
  hinted: (hint: Hint) => object;
  /** Opens the list of some of the places. */
  onTogether: (keys: readonly string[]) => void;
}

/** Places as points, each leading to its page; those that share a place are one mark, which says how many they are and opens their list. */
export function SpotLayer(props: SpotLayerProps): ReactNode {
  const { hinted } = props;
  return grouped(
    props.spots.map((spot) => ({ ...spot, count: 1 })),
    APART,
  ).map(([first, ...rest]) => (rest.length > 0 ? <Together key={first.key} {...props} places={[first, ...rest]} /> : <Spot key={first.key} spot={first} hinted={hinted} />));
}

function Spot({ spot, hinted }: { spot: MapPoint & { at: Point } } & Pick<SpotLayerProps, 'hinted'>): ReactNode {
  const { t } = useTranslation('map');
  const dot = (
    <>
      <circle className="map-touch" cx={spot.at[0]} cy={spot.at[1]} r={12} />
      <circle className={spot.exact ? 'map-dot' : 'map-dot map-dot-near'} cx={spot.at[0]} cy={spot.at[1]} r={spot.exact ? 6 : 9} />
    </>
  );
  const at = hinted({ key: spot.key, name: spot.name, text: spot.note ?? '', at: spot.at });
  const name = spot.note ? t('named', { name: spot.name, figure: spot.note }) : spot.name;
  return spot.to ? (
    <To to={spot.to} className="map-spot" aria-label={name} {...at}>
      {dot}
    </To>
  ) : (
    <g role="img" aria-label={name} {...at}>
      {dot}
    </g>
  );
}

function Together(props: Pick<SpotLayerProps, 'hinted' | 'onTogether'> & { places: readonly [MapPoint & { at: Point }, ...(MapPoint & { at: Point })[]] }): ReactNode {
  const { t } = useTranslation('map');
  const format = useFormat();
  const { places, hinted, onTogether } = props;
  const [first, ...rest] = places;
  const [x, y] = first.at;
  // Several parts of work at one place bear one name.
  const names = [...new Set(places.map(({ name }) => name))];
  const name = names.length > 1 ? t('together', { count: names.length - 1, name: first.name, more: format.number(names.length - 1) }) : first.name;
  const text = t('places', { count: places.length, shown: format.number(places.length) });
  const open = (): void => onTogether(places.map(({ key }) => key));
  const press = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    open();
  };
  return (
    <g role="button" tabIndex={0} className="map-mark" aria-label={t('named', { name, figure: text })} onClick={open} onKeyDown={press} {...hinted({ key: first.key, name, text, at: first.at })}>
      <circle cx={x} cy={y} r={13} />
      <text x={x} y={y} dy="0.35em">
        {format.number(1 + rest.length)}
      </text>
    </g>
  );
}
