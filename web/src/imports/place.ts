/** Where in its file a finding is, as the import wrote it down: `activities.xml:27: iati-activity/transaction[2]/value`, `units.csv:3` or `map.geojson, feature 4`. */
export interface FilePlace {
  file: string;
  line: number | null;
  /** Of a map, which of its features. */
  feature: number | null;
  /** From the record down to the element; a number where there are several of its name. */
  elements: { name: string; number: number | null }[];
}

/** Takes such a place apart; null where it is of another form. */
export function placeIn(place: string): FilePlace | null {
  const found = /^(?<file>.+?)(?::(?<line>\d+)(?:: (?<path>\S+))?|, feature (?<feature>\d+))$/.exec(place)?.groups;
  if (!found?.['file']) return null;
  // What is of the whole file stands in line 0.
  const number = (digits: string | undefined): number | null => Number(digits ?? 0) || null;
  const elements = (found['path'] ?? '').split('/').flatMap((step) => {
    const { name, at } = /^(?<name>[^[]+)(?:\[(?<at>\d+)\])?$/.exec(step)?.groups ?? {};
    return name ? [{ name, number: number(at) }] : [];
  });
  return { file: found['file'], line: number(found['line']), feature: number(found['feature']), elements };
}
