import { linkHorizontal, linkVertical } from 'd3-shape';

/** Kinds of records that stand around another one. */
export const kinds = ['organizations', 'agreements', 'projects', 'units'] as const;
export type Kind = (typeof kinds)[number];

/** So many of a kind are drawn; the list has the others. */
export const DRAWN = 4;

export const NODE = { width: 176, height: 62 } as const;
export const WIDTH = 844;
/** Between two nodes of a column. */
const GAP = 22;
/** Columns that have room keep no more than this between them. */
const WIDEST_AISLE = 157;

/** The middle of a node, as the picture is read: from 0 at the reading edge. */
export interface Spot {
  x: number;
  y: number;
}

/** Where everything lies: organizations at the reading edge, then the record with agreements above and below, then projects and units; of what there is none takes no room. */
export function layOut(counts: Record<Kind, number>): { height: number; me: Spot; spots: Record<Kind, Spot[]> } {
  const drawn = (kind: Kind): number => Math.min(DRAWN, counts[kind]);
  const columns = [...(drawn('organizations') > 0 ? ['organizations'] : []), 'me', ...(['projects', 'units'] as const).filter((kind) => drawn(kind) > 0)];
  const aisle = Math.min(WIDEST_AISLE, (WIDTH - 2 - columns.length * NODE.width) / Math.max(1, columns.length - 1));
  const at = (column: string): number => 1 + NODE.width / 2 + Math.max(0, columns.indexOf(column)) * (NODE.width + aisle);
  const step = NODE.height + GAP;
  // Agreements take turns above and below, so the record stays near the middle.
  const below = Math.floor(drawn('agreements') / 2);
  const above = drawn('agreements') - below;
  const rows = Math.max(drawn('organizations'), drawn('projects'), drawn('units'), 1 + 2 * Math.max(above, below));
  const height = rows * step;
  const middle = height / 2;
  const column = (kind: Kind): Spot[] => Array.from({ length: drawn(kind) }, (_, index) => ({ x: at(kind), y: middle + (index - (drawn(kind) - 1) / 2) * step }));
  const agreements = Array.from({ length: drawn('agreements') }, (_, index) => ({ x: at('me'), y: middle + (index % 2 === 0 ? -1 : 1) * step * (Math.floor(index / 2) + 1) }));
  return {
    height,
    me: { x: at('me'), y: middle },
    spots: { organizations: column('organizations'), agreements, projects: column('projects'), units: column('units') },
  };
}

/** The line between two nodes, from edge to edge. */
export function lineTo(from: Spot, to: Spot): string {
  if (from.x === to.x) return linkVertical()({ source: [from.x, from.y], target: [to.x, to.y] }) ?? '';
  const side = (Math.sign(to.x - from.x) * NODE.width) / 2;
  return linkHorizontal()({ source: [from.x + side, from.y], target: [to.x - side, to.y] }) ?? '';
}

/** The line to a node beyond a column: through the gap between that column's nodes that is nearest on the way, over none of them. */
export function lineBeyond(from: Spot, to: Spot, column: readonly Spot[]): string {
  const [first] = column;
  if (!first) return lineTo(from, to);
  const heights = column.map(({ y }) => y).sort((one, other) => one - other);
  const half = NODE.height / 2 + GAP / 2;
  const gaps = [(heights[0] ?? 0) - half, ...heights.map((y) => y + half)];
  const way = (from.y + to.y) / 2;
  const y = gaps.reduce((best, gap) => (Math.abs(gap - way) < Math.abs(best - way) ? gap : best));
  const side = (Math.sign(to.x - from.x) * NODE.width) / 2;
  const link = linkHorizontal();
  const before = link({ source: [from.x + side, from.y], target: [first.x - side, y] }) ?? '';
  const after = link({ source: [first.x + side, y], target: [to.x - side, to.y] }) ?? '';
  return `${before}H${first.x + side}${after.replace(/^M[^C]*/, '')}`;
}

/** The spot that an arrow key leads to: the nearest on that side, sideways distance counting double. */
export function nextSpot(spots: readonly Spot[], from: number, right: number, down: number): number | null {
  const start = spots[from];
  if (!start) return null;
  let best: { index: number; far: number } | null = null;
  spots.forEach((spot, index) => {
    const [dx, dy] = [spot.x - start.x, spot.y - start.y];
    const ahead = dx * right + dy * down;
    const aside = Math.abs(right ? dy : dx);
    if (index === from || ahead < 8) return;
    const far = ahead + 2 * aside;
    if (!best || far < best.far) best = { index, far };
  });
  return best === null ? null : (best as { index: number }).index;
}

/** Of those beyond, the ones that are linked to what is drawn come first, in the order in which the lines to them cross least. */
export function inOrder<Item extends { to?: string | undefined; isBeyond?: boolean | undefined }>(items: readonly Item[], before: readonly { links?: readonly string[] | undefined }[]): Item[] {
  const place = (item: Item): number => {
    const rows = before.flatMap(({ links }, row) => (item.to && links?.includes(item.to) ? [row] : []));
    return rows.length > 0 ? rows.reduce((sum, row) => sum + row, 0) / rows.length : item.isBeyond ? Infinity : before.length;
  };
  const shown = items.map((item, index) => ({ item, index, at: place(item), isLinked: place(item) < before.length || !item.isBeyond }));
  const chosen = [...shown].sort((one, other) => Number(other.isLinked) - Number(one.isLinked) || one.index - other.index);
  const drawn = chosen.slice(0, DRAWN).sort((one, other) => one.at - other.at || one.index - other.index);
  return [...drawn, ...chosen.slice(DRAWN)].map(({ item }) => item);
}
