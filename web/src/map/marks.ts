import { placeOf } from './areas';
import { type Point, distance, nearest } from './geometry';

/** A place on a map at which something was counted. */
export interface MarkedPlace {
  /** The id of its unit. */
  key: string;
  latitude: number;
  longitude: number;
  name: string;
  count: number;
  /** The page of what was counted, where it is but one. */
  to?: string | undefined;
}

/** What a map counts at places, beside what its colours tell of areas. */
export interface Marks {
  places: readonly MarkedPlace[];
  /** What the numbers count, such as "Projects by district". */
  measure: string;
  /** What has no mark, in words. */
  note?: string | undefined;
  /** The list behind the numbers of these places together; null where there is none. */
  listOf: (keys: readonly string[]) => string | null;
}

/** Marks nearer to each other than so many pixels become one. */
const APART = 32;

/** A mark as it is drawn: the places it stands for, the first of them under it, and what they count together. */
export interface Mark {
  places: readonly [MarkedPlace, ...MarkedPlace[]];
  count: number;
  at: Point;
  radius: number;
}

/** The marks of a map, on which `at` says where a point of the plane lies. */
export function marksOf(marks: Marks, at: (point: Point) => Point): Mark[] {
  const spots = marks.places.flatMap((place) => {
    const point = placeOf(place);
    return point && place.count > 0 ? [{ place, count: place.count, at: at(point) }] : [];
  });
  return grouped(spots, APART).map(([first, ...rest]) => {
    const count = rest.reduce((sum, spot) => sum + spot.count, first.count);
    return { places: [first.place, ...rest.map((spot) => spot.place)], count, at: first.at, radius: 9 + 3 * String(count).length };
  });
}

/** Places that lie too close to each other for two marks: the one with the largest number first, where the mark stands. */
export function grouped<Place extends { at: Point; count: number }>(places: readonly Place[], apart: number): [Place, ...Place[]][] {
  const groups: { at: Point; places: [Place, ...Place[]] }[] = [];
  for (const place of [...places].sort((one, other) => other.count - one.count)) {
    const near = nearest(groups, place.at, (group) => group.at);
    if (near && distance(near.at, place.at) < apart) near.places.push(place);
    else groups.push({ at: place.at, places: [place] });
  }
  return groups.map((group) => group.places);
}
