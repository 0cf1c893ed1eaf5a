import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import type { Plugin } from 'vite';

const MODULE = 'virtual:country-outline';
/** ISO 3166-1 numeric code of the country. */
const COUNTRY = '760';

/** Gives the pages the outline of the country alone, cut at build time out of the world of the package world-atlas (Natural Earth, public domain). */
export function countryOutline(): Plugin {
  return {
    name: 'country-outline',
    resolveId: (id) => (id === MODULE ? `\0${MODULE}` : undefined),
    load(id) {
      if (id !== `\0${MODULE}`) return undefined;
      const world = JSON.parse(readFileSync(fileURLToPath(import.meta.resolve('world-atlas/countries-10m.json')), 'utf8')) as Topology<{ countries: GeometryCollection }>;
      const country = world.objects.countries.geometries.find((geometry) => geometry.id === COUNTRY);
      if (!country) throw new Error(`world-atlas has no country ${COUNTRY}`);
      const outline = feature(world, { type: 'GeometryCollection', geometries: [country] }).features[0]?.geometry;
      return `export default ${JSON.stringify(outline)}`;
    },
  };
}
