/** A place on the plane of a map: x to the east, y to the south. */
export type Point = readonly [number, number];
/** A closed line; several of them are an area by the even-odd rule, so that holes need no sign of their own. */
export type Ring = readonly Point[];

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Mercator: shapes keep their angles, and north is up. */
export function project(longitude: number, latitude: number): Point {
  return [longitude, (-180 / Math.PI) * Math.log(Math.tan(Math.PI / 4 + (latitude * Math.PI) / 360))];
}

/** The rings of a boundary on the plane. */
export function ringsOf(geometry: GeoJSON.Geometry): Ring[] {
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.type === 'MultiPolygon' ? geometry.coordinates : [];
  return polygons.flat().map((ring) => ring.map(([longitude = 0, latitude = 0]) => project(longitude, latitude)));
}

/** Whether a point lies within rings. */
export function inside([x, y]: Point, rings: readonly Ring[]): boolean {
  let within = false;
  for (const ring of rings) {
    for (const [index, [ax, ay]] of ring.entries()) {
      const [bx, by] = ring[(index + 1) % ring.length] ?? [ax, ay];
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) within = !within;
    }
  }
  return within;
}

/** The smallest box around points. */
export function boxOf(points: Iterable<Point>): Box {
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (const [x, y] of points) {
    box.left = Math.min(box.left, x);
    box.right = Math.max(box.right, x);
    box.top = Math.min(box.top, y);
    box.bottom = Math.max(box.bottom, y);
  }
  return box;
}

/** Closed lines as SVG draws them. A thousandth of a degree is less than a pixel. */
export function pathOf(rings: readonly Ring[]): string {
  return rings.map((ring) => `M${ring.map(([x, y]) => `${round(x)} ${round(y)}`).join('L')}Z`).join('');
}

/** A coordinate with as many digits as a screen can show. */
export function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

export function distance([ax, ay]: Point, [bx, by]: Point): number {
  return Math.hypot(ax - bx, ay - by);
}

/** A strip across an area: between which sides it lies there, once for each piece. */
export interface Strip {
  /** The middle of the strip, and its height. */
  y: number;
  height: number;
  runs: readonly (readonly [left: number, right: number])[];
}

/** So many strips tell where in an area there is room. */
const STRIPS = 24;

/** The strips across rings, from north to south. */
export function stripsOf(rings: readonly Ring[], box: Box): Strip[] {
  const height = (box.bottom - box.top) / STRIPS;
  return Array.from({ length: STRIPS }, (_, index) => {
    const y = box.top + (index + 0.5) * height;
    const crossed = rings
      .flatMap((ring) =>
        ring.flatMap(([ax, ay], at) => {
          const [bx, by] = ring[(at + 1) % ring.length] ?? [ax, ay];
          return ay > y !== by > y ? [((bx - ax) * (y - ay)) / (by - ay) + ax] : [];
        }),
      )
      .sort((one, other) => one - other);
    return { y, height, runs: crossed.flatMap((left, at) => (at % 2 === 0 ? [[left, crossed[at + 1] ?? left] as const] : [])) };
  });
}

/** The point nearest to the middle of an area at which a text of this size lies wholly within it; null if there is none. */
export function roomFor(strips: readonly Strip[], [x, y]: Point, wide: number, high: number): Point | null {
  const [first, last] = [strips[0], strips.at(-1)];
  if (!first || !last) return null;
  let best: { at: Point; far: number } | null = null;
  for (const strip of strips) {
    if (strip.y - high / 2 < first.y - first.height / 2 || strip.y + high / 2 > last.y + last.height / 2) continue;
    const beside = strips.filter((other) => Math.abs(other.y - strip.y) < (high + other.height) / 2 - 1e-9);
    // What all strips that the text touches have in common.
    const common = beside.reduce<(readonly [number, number])[]>((runs, { runs: own }) => runs.flatMap(([left, right]) => own.flatMap(([from, to]) => (Math.min(right, to) - Math.max(left, from) >= wide ? [[Math.max(left, from), Math.min(right, to)] as const] : []))), [[-Infinity, Infinity]]);
    for (const [left, right] of common) {
      const at: Point = [Math.max(left + wide / 2, Math.min(right - wide / 2, x)), strip.y];
      const far = distance(at, [x, y]);
      if (!best || far < best.far) best = { at, far };
    }
  }
  return (best as { at: Point } | null)?.at ?? null;
}

/** The point in the middle of points. */
export function middle(points: readonly Point[]): Point {
  return [points.reduce((sum, [x]) => sum + x, 0) / points.length, points.reduce((sum, [, y]) => sum + y, 0) / points.length];
}

/** Of several things the one that lies nearest to a point. */
export function nearest<T>(things: Iterable<T>, to: Point, at: (thing: T) => Point): T | undefined {
  let found: T | undefined;
  let least = Infinity;
  for (const thing of things) {
    const far = distance(at(thing), to);
    if (far < least) {
      found = thing;
      least = far;
    }
  }
  return found;
}
