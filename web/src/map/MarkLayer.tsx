import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { To } from '../shell/To';
import { useFormat } from '../shell/format';
import type { Hint } from './Sheet';
import type { Mark, Marks } from './marks';

interface MarkLayerProps {
  drawn: readonly Mark[];
  of: Marks;
  hinted: (hint: Hint) => object;
}

/** The numbers at places of a map; each leads to what it counts. */
export function MarkLayer(props: MarkLayerProps): ReactNode {
  const { t } = useTranslation('map');
  const format = useFormat();
  const { measure, listOf } = props.of;
  return props.drawn.map(({ places, count, at, radius }) => {
    const [first, ...rest] = places;
    const name = rest.length > 0 ? t('together', { count: rest.length, name: first.name, more: format.number(rest.length) }) : first.name;
    const text = t('named', { name: measure, figure: format.number(count) });
    const to = rest.length === 0 && first.to ? first.to : listOf(places.map((place) => place.key));
    const spoken = { 'aria-label': t('named', { name, figure: text }), ...props.hinted({ key: `mark ${first.key}`, name, text, at }) };
    const drawing = (
      <>
        <circle cx={at[0]} cy={at[1]} r={radius} />
        <text x={at[0]} y={at[1]} dy="0.35em">
          {format.number(count)}
        </text>
      </>
    );
    return to ? (
      <To key={first.key} to={to} className="map-mark" {...spoken}>
        {drawing}
      </To>
    ) : (
      <g key={first.key} role="img" className="map-mark" {...spoken}>
        {drawing}
      </g>
    );
  });
}
