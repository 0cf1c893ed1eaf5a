import { type Box, type Point, type Ring, type Strip, boxOf, inside, middle, nearest, round } from './geometry';

/** A known centre of something in an area: land nearer to it than to any other counts as this area's. */
export interface Seed {
  at: Point;
  area: string;
}

/** A hexagon of the mosaic. */
interface Cell {
  row: number;
  column: number;
  at: Point;
  area: string;
}

/** The hexagons of one area. */
export interface Tiles {
  /** Every hexagon, to be filled. */
  fill: string;
  /** The lines along which the area ends. */
  edge: string;
  box: Box;
  /** A hexagon in the middle. */
  centre: Point;
  /** Its rows of hexagons. */
  strips: Strip[];
}

/**
 * Covers land with hexagons, so many across a box, and gives each to the area of the nearest seed. It shows where areas
 * lie towards each other where their boundaries are not known. No area with a seed goes without a hexagon.
 */
export function mosaic(land: readonly Ring[], seeds: readonly Seed[], within: Box, across: number): Map<string, Tiles> {
  const width = (within.right - within.left) / across;
  const radius = width / Math.sqrt(3);
  const cells: Cell[] = [];
  for (let row = 0; within.top + row * 1.5 * radius <= within.bottom + radius; row++) {
    for (let column = 0; column <= across; column++) {
      const at: Point = [within.left + (column + (row % 2) / 2) * width, within.top + row * 1.5 * radius];
      const area = inside(at, land) ? nearest(seeds, at, (seed) => seed.at)?.area : undefined;
      if (area !== undefined) cells.push({ row, column, at, area });
    }
  }
  giveEachOne(cells, seeds);
  return new Map([...new Set(cells.map((cell) => cell.area))].map((area) => [area, tiles(cells.filter((cell) => cell.area === area), radius)]));
}

/** Areas too small for the mesh get the hexagon nearest to their seeds, unless it is another's only one. */
function giveEachOne(cells: readonly Cell[], seeds: readonly Seed[]): void {
  const count = new Map<string, number>();
  for (const cell of cells) count.set(cell.area, (count.get(cell.area) ?? 0) + 1);
  for (const area of new Set(seeds.map((seed) => seed.area))) {
    if (count.has(area)) continue;
    const spare = cells.filter((cell) => (count.get(cell.area) ?? 0) > 1);
    const heart = middle(seeds.filter((seed) => seed.area === area).map((seed) => seed.at));
    const cell = nearest(spare, heart, (each) => each.at);
    if (!cell) continue;
    count.set(cell.area, (count.get(cell.area) ?? 0) - 1);
    count.set(area, 1);
    cell.area = area;
  }
}

/** Corners from the top, clockwise; side i lies between the corners i and i + 1, towards neighbour i. */
const corners = [0, 1, 2, 3, 4, 5].map((corner) => (corner * Math.PI) / 3 - Math.PI / 2);

/** Row and column of the neighbours, in the order of the sides; every second row is shifted by half a hexagon. */
function neighbours({ row, column }: Cell): [number, number][] {
  const shift = row % 2;
  return [
    [row - 1, column + shift],
    [row, column + 1],
    [row + 1, column + shift],
    [row + 1, column - 1 + shift],
    [row, column - 1],
    [row - 1, column - 1 + shift],
  ];
}

function tiles(cells: readonly Cell[], radius: number): Tiles {
  const own = new Set(cells.map((cell) => `${cell.row} ${cell.column}`));
  const corner = ({ at: [x, y] }: Cell, index: number): Point => {
    const angle = corners[index % 6] ?? 0;
    return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
  };
  const written = (cell: Cell, index: number): string => corner(cell, index).map(round).join(' ');
  const fill = cells.map((cell) => `M${corners.map((_, index) => written(cell, index)).join('L')}Z`).join('');
  const edge = cells
    .flatMap((cell) => neighbours(cell).map((neighbour, side) => (own.has(neighbour.join(' ')) ? '' : `M${written(cell, side)}L${written(cell, side + 1)}`)))
    .join('');
  const points = cells.map((cell) => cell.at);
  const heart = middle(points);
  return {
    fill,
    edge,
    box: boxOf(cells.flatMap((cell) => corners.map((_, index) => corner(cell, index)))),
    centre: nearest(points, heart, (point) => point) ?? heart,
    strips: rowsOf(cells, radius),
  };
}

/** The rows of hexagons of an area, each with the pieces in which they hang together. */
function rowsOf(cells: readonly Cell[], radius: number): Strip[] {
  const half = (radius * Math.sqrt(3)) / 2;
  const rows = new Map<number, Cell[]>();
  for (const cell of cells) rows.set(cell.row, [...(rows.get(cell.row) ?? []), cell]);
  return [...rows].sort(([one], [other]) => one - other).map(([, row]) => {
    const runs: [number, number][] = [];
    let before = -Infinity;
    for (const { column, at: [x] } of row.sort((one, other) => one.column - other.column)) {
      const last = runs.at(-1);
      if (last && column === before + 1) last[1] = x + half;
      else runs.push([x - half, x + half]);
      before = column;
    }
    return { y: row[0]?.at[1] ?? 0, height: 1.5 * radius, runs };
  });
}
