import { describe, expect, it } from 'vitest';
import { DRAWN, NODE, WIDTH, inOrder, layOut, lineBeyond, nextSpot } from './layout';

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

  it('gives no room to a kind of which there is none, and stays within its width', () => {
    const { me, spots } = layOut({ organizations: 0, agreements: 1, projects: 2, units: 2 });
    expect(me.x).toBe(1 + NODE.width / 2);
    const all = layOut({ organizations: 4, agreements: 4, projects: 4, units: 4 });
    for (const { x } of [...Object.values(spots).flat(), ...Object.values(all.spots).flat()]) expect(x + NODE.width / 2).toBeLessThanOrEqual(WIDTH);
  });

  it('leads lines past a column through its gaps', () => {
    const { me, spots } = layOut({ organizations: 0, agreements: 0, projects: 4, units: 3 });
    for (const unit of spots.units) {
      const gap = Number(/H[\d.]+/.exec(lineBeyond(me, unit, spots.projects)) && /,([\d.-]+)H/.exec(lineBeyond(me, unit, spots.projects))?.[1]);
      for (const { y } of spots.projects) expect(Math.abs(gap - y)).toBeGreaterThan(NODE.height / 2);
    }
  });

  it('puts what hangs on a drawn neighbour before the rest, in the order of these', () => {
    const items = ['a', 'b', 'c', 'd', 'e', 'f'].map((to) => ({ to, isBeyond: to !== 'a' }));
    const order = inOrder(items, [{ links: ['f'] }, { links: ['c', 'f'] }]).map(({ to }) => to);
    expect(order.slice(0, 3)).toEqual(['f', 'c', 'a']);
    expect(order).toHaveLength(6);
  });

  it('is walked by arrows to the nearest on that side', () => {
    const spots = [{ x: 100, y: 100 }, { x: 300, y: 100 }, { x: 300, y: 20 }, { x: 100, y: 200 }];
    expect(nextSpot(spots, 0, 1, 0)).toBe(1);
    expect(nextSpot(spots, 0, 0, 1)).toBe(3);
    expect(nextSpot(spots, 0, -1, 0)).toBeNull();
  });
});
