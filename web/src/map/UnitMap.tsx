import { type ReactNode, Suspense, lazy } from 'react';
import { Loading } from '../look/Loading';
import type { MapProps } from './MapFigure';

// Outline, mosaic and drawing are a chunk of their own, fetched when the first map is to be seen.
const MapFigure = lazy(() => import('./MapFigure'));

export type { Figures, MapPoint } from './MapFigure';
export type { Marks } from './marks';

/** A map of administrative units with its figures, its legend and its table. */
export function UnitMap(props: MapProps): ReactNode {
  return (
    <Suspense fallback={<Loading />}>
      <MapFigure {...props} />
    </Suspense>
  );
}
