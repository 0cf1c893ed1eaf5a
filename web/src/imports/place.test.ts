import { describe, expect, it } from 'vitest';
import { placeIn } from './place';

describe('the place of a finding', () => {
  it('is taken apart into file, line and elements', () => {
    expect(placeIn('dirty.xml:28: iati-activity/transaction[3]/value')).toEqual({
      file: 'dirty.xml',
      line: 28,
      feature: null,
      elements: [
        { name: 'iati-activity', number: null },
        { name: 'transaction', number: 3 },
        { name: 'value', number: null },
      ],
    });
    expect(placeIn('C:\\files\\a: b.xml:3: iati-activity')).toMatchObject({ file: 'C:\\files\\a: b.xml', line: 3, elements: [{ name: 'iati-activity' }] });
    expect(placeIn('units.csv:12')).toEqual({ file: 'units.csv', line: 12, feature: null, elements: [] });
    expect(placeIn('map.geojson, feature 4')).toEqual({ file: 'map.geojson', line: null, feature: 4, elements: [] });
    expect(placeIn('a.xml:0: ProjectSector/description')).toMatchObject({ line: null, elements: [{ name: 'ProjectSector' }, { name: 'description' }] });
    expect(placeIn('units.csv')).toBe(null);
  });
});
