import type { LocalizedTextFields } from '../look/Texted';
import { type Box, type Point, type Ring, type Strip, boxOf, pathOf, project, ringsOf, stripsOf } from './geometry';
import { type Seed, mosaic } from './mosaic';

/** A unit as the graph gives it for a map. */
export interface MapUnit {
  id: string;
  pcode: string;
  name?: LocalizedTextFields | null;
  latitude?: number | null;
  longitude?: number | null;
  /** Its boundary, as a map draws it. */
  outline?: GeoJSON.Geometry | null;
  /** Its subdistricts, whose centres stand for the land around them. */
  descendants: { nodes: { latitude?: number | null; longitude?: number | null }[] };
}

/** A unit on a map. */
export interface Area {
  unit: MapUnit;
  fill: string;
  edge: string;
  box: Box;
  centre: Point;
  /** Where in it there is room for a name. */
  strips: readonly Strip[];
}

/** The areas of a map, and whether they are only a picture of where units lie. */
export interface Drawn {
  areas: Area[];
  schematic: boolean;
}

/** Hexagons across the country, and across the land of one unit. */
const COUNTRY = 40;
const UNIT = 22;

/** The governorates: by their boundaries where all were imported, else as a mosaic on the outline of the country. */
export function drawCountry(units: readonly MapUnit[], outline: readonly Ring[]): Drawn {
  return drawBounded(units) ?? drawMosaic(units, units.flatMap(seedsOf), outline, boxOf(outline.flat()), COUNTRY);
}

/**
 * The units below one governorate: by their boundaries, else as a mosaic on its own boundary, else on the land that is the
 * governorate's in the mosaic of the country.
 */
export function drawBelow(units: readonly MapUnit[], of: string, country: Drawn, outline: readonly Ring[]): Drawn {
  const bounded = drawBounded(units);
  const around = country.areas.find((area) => area.unit.id === of);
  if (bounded || !around) return bounded ?? { areas: [], schematic: true };
  if (around.unit.outline) {
    const land = ringsOf(around.unit.outline);
    return drawMosaic(units, units.flatMap(seedsOf), land, boxOf(land.flat()), UNIT);
  }
  const others = country.areas.filter((area) => area.unit.id !== of).flatMap((area) => seedsOf(area.unit));
  return drawMosaic(units, [...units.flatMap(seedsOf), ...others], outline, around.box, UNIT);
}

function drawBounded(units: readonly MapUnit[]): Drawn | null {
  const areas = units.flatMap((unit) => {
    if (!unit.outline) return [];
    const rings = ringsOf(unit.outline);
    const path = pathOf(rings);
    const box = boxOf(rings.flat());
    return [{ unit, fill: path, edge: path, box, centre: placeOf(unit) ?? [(box.left + box.right) / 2, (box.top + box.bottom) / 2] as const, strips: stripsOf(rings, box) }];
  });
  return areas.length > 0 && areas.length === units.length ? { areas, schematic: false } : null;
}

function drawMosaic(units: readonly MapUnit[], seeds: readonly Seed[], land: readonly Ring[], within: Box, across: number): Drawn {
  const tiles = mosaic(land, seeds, within, across);
  return {
    areas: units.flatMap((unit) => {
      const own = tiles.get(unit.id);
      return own ? [{ unit, ...own }] : [];
    }),
    schematic: true,
  };
}

/** Where a unit or a place lies on the plane, if that is known. */
export function placeOf(place: { latitude?: number | null; longitude?: number | null }): Point | undefined {
  return typeof place.latitude === 'number' && typeof place.longitude === 'number' ? project(place.longitude, place.latitude) : undefined;
}

/** The centres of the subdistricts of a unit; its own where it has none with a place. */
function seedsOf(unit: MapUnit): Seed[] {
  const below = unit.descendants.nodes.map(placeOf).filter((at) => at !== undefined);
  const own = placeOf(unit);
  return (below.length > 0 ? below : own ? [own] : []).map((at) => ({ at, area: unit.id }));
}
