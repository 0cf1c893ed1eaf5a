import { describe, expect, it } from 'vitest';
import { DRAWN, NODE, layOut, nextSpot } from './layout';

describe('the picture around a record', () => {
  it('draws a few of each kind, none over another', () => {
    const { me, spots } = layOut({ organizations: 9, agreements: 5, projects: 3, units: 0 });
    expect(spots.organizations).toHaveLength(DRAWN);
    expect(spots.projects).toHaveLength(3);
    const all = [me, ...Object.values(spots).flat()];
    for (const one of all) for (const other of all) {
      if (one !== other) expect(Math.abs(one.x - other.x) >= NODE.width || Math.abs(one.y - other.y) >= NODE.height).toBe(true);
    }
  });

  it('keeps the record in the picture when it has no neighbours', () => {
    const { height, me } = layOut({ organizations: 0, agreements: 0, projects: 0, units: 0 });
    expect(me.y - NODE.height / 2).toBeGreaterThanOrEqual(0);
    expect(me.y + NODE.height / 2).toBeLessThanOrEqual(height);
  });

  it('is walked by arrows to the nearest on that side', () => {
    const spots = [{ x: 100, y: 100 }, { x: 300, y: 100 }, { x: 300, y: 20 }, { x: 100, y: 200 }];
    expect(nextSpot(spots, 0, 1, 0)).toBe(1);
    expect(nextSpot(spots, 0, 0, 1)).toBe(3);
    expect(nextSpot(spots, 0, -1, 0)).toBeNull();
  });
});
