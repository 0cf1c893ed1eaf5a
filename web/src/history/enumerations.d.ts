declare module 'virtual:enumerations' {
  /** The enumeration of a field, by type and field: see `enumerations.ts` beside the build's configuration. */
  const enumerations: Record<string, Record<string, string>>;
  export default enumerations;
}
