declare module 'virtual:country-outline' {
  /** Where the country lies: see `outline.ts` beside the build's configuration. */
  const outline: GeoJSON.Geometry;
  export default outline;
}
