import { describe, expect, it } from 'vitest';
import { classOf, limitsOf, stepOf } from './classes';
import { boxOf, inside, project, ringsOf, roomFor, stripsOf } from './geometry';
import { uncovered } from './labels';
import { grouped } from './marks';
import { mosaic } from './mosaic';

const square = ringsOf({ type: 'Polygon', coordinates: [[[36, 33], [42, 33], [42, 37], [36, 37], [36, 33]]] });

describe('the mosaic', () => {
  const seeds = [
    { at: project(37, 35), area: 'west' },
    { at: project(41, 35), area: 'east' },
    { at: project(37.01, 35), area: 'tiny' },
    { at: project(37.02, 35), area: 'west' },
  ];
  const made = mosaic(square, seeds, boxOf(square.flat()), 20);

  it('gives land to the nearest seed, and every area at least one hexagon', () => {
    expect([...made.keys()].sort()).toEqual(['east', 'tiny', 'west']);
    expect(made.get('tiny')?.fill.split('M').length).toBe(2);
    expect(made.get('west')?.box.right).toBeLessThan(40);
    expect(made.get('east')?.box.left).toBeGreaterThan(38);
  });

  it('draws the line around an area, not around each of its hexagons', () => {
    const { fill = '', edge = '' } = made.get('east') ?? {};
    expect(edge.split('M').length).toBeLessThan(fill.split('L').length / 3);
    expect(made.get('tiny')?.edge.split('M').length).toBe(7);
  });

  it('stays on the land', () => {
    const island = ringsOf({ type: 'MultiPolygon', coordinates: [[[[36, 33], [38, 33], [38, 35], [36, 35], [36, 33]]]] });
    const there = mosaic(island, seeds, boxOf(square.flat()), 20);
    expect([...there.values()].every((tiles) => tiles.box.right < 38.3)).toBe(true);
  });
});

describe('geometry', () => {
  it('leaves holes out, whichever way the rings run', () => {
    const ring = ringsOf({ type: 'Polygon', coordinates: [[[0, 0], [10, 0], [10, 10], [0, 10], [0, 0]], [[4, 4], [6, 4], [6, 6], [4, 6], [4, 4]]] });
    expect(inside(project(2, 2), ring)).toBe(true);
    expect(inside(project(5, 5), ring)).toBe(false);
  });

  it('has north above south', () => {
    expect(project(37, 37)[1]).toBeLessThan(project(37, 33)[1]);
  });
});

describe('room for a name', () => {
  // Wide at the foot, narrow at the head.
  const rings = ringsOf({ type: 'Polygon', coordinates: [[[0, 0], [40, 0], [40, 10], [10, 10], [10, 30], [0, 30], [0, 0]]] });
  const box = boxOf(rings.flat());
  const strips = stripsOf(rings, box);

  it('is where all of it lies in the area, as near to the middle as it goes', () => {
    const [x = 0, y = 0] = roomFor(strips, [5, box.top], 30, 4) ?? [];
    expect(x - 15).toBeGreaterThanOrEqual(box.left - 1e-9);
    expect(x + 15).toBeLessThanOrEqual(box.right + 1e-9);
    expect(y - 2).toBeGreaterThan(project(0, 10)[1] - 1);
    expect(roomFor(strips, [5, -20], 8, 4)?.[0]).toBe(5);
  });

  it('is nowhere for what is too wide or too high', () => {
    expect(roomFor(strips, [5, 0], 50, 4)).toBeNull();
    expect(roomFor(strips, [5, 0], 30, 14)).toBeNull();
    expect(roomFor([], [5, 0], 1, 1)).toBeNull();
  });
});

describe('classes', () => {
  it('are at most five with round limits', () => {
    expect(limitsOf([1801.1, 126.2, 91.5, 3.2, 0])).toEqual([100, 200, 500, 1000]);
    expect(limitsOf([81, 95, 104, 118])).toEqual([90, 100, 110]);
    expect(limitsOf([8, 1, 2])).toEqual([2, 5]);
    expect(limitsOf([34, 60, 110, 120, 130, 140, 160, 180, 266])).toEqual([50, 100, 150, 200]);
    expect(limitsOf([7, 7])).toEqual([]);
    expect(limitsOf([])).toEqual([]);
  });

  it('lie far apart when they are few', () => {
    expect([0, 1, 2, 3].map((index) => stepOf(index, [10, 50]))).toEqual([0, 1, 3, 5]);
    expect(stepOf(1, [])).toBe(3);
    expect([1, 2, 3, 4, 5].map((index) => stepOf(index, [1, 2, 5, 10]))).toEqual([1, 2, 3, 4, 5]);
  });

  it('set nothing apart from little', () => {
    expect([0, 0.5, 10, 60].map((value) => classOf(value, [10, 50]))).toEqual([0, 1, 2, 3]);
  });
});

describe('marks', () => {
  const place = (key: string, x: number, count: number) => ({ key, at: [x, 0] as const, count });

  it('stand alone where there is room, and together at the largest where there is none', () => {
    const groups = grouped([place('far', 200, 1), place('near', 20, 3), place('large', 0, 9), place('edge', 40, 2)], 32);
    expect(groups.map((group) => group.map(({ key }) => key))).toEqual([['large', 'near'], ['edge'], ['far']]);
  });

  it('lose nothing that was counted', () => {
    const places = Array.from({ length: 50 }, (_, index) => place(String(index), (index * 37) % 300, index));
    expect(grouped(places, 32).flat().reduce((sum, { count }) => sum + count, 0)).toBe((49 * 50) / 2);
  });

  it('cover no name: one beneath a mark goes, one beside it stays', () => {
    const label = (key: string, x: number, side: 'left' | 'right', to: readonly [number, number] | null) => ({ key, text: 'حلب', at: [x, 50] as const, to, side });
    const names = [label('under', 100, 'left', null), label('beside', 160, 'left', null), label('ends before', 80, 'left', [100, 50]), label('begins under', 80, 'right', [100, 50])];
    expect(uncovered(names, [{ at: [100, 50], radius: 12 }]).map(({ key }) => key)).toEqual(['beside', 'ends before']);
  });
});
