import { linkHorizontal, linkVertical } from 'd3-shape';

/** Kinds of records that stand around another one. */
export const kinds = ['organizations', 'agreements', 'projects', 'units'] as const;
export type Kind = (typeof kinds)[number];

/** So many of a kind are drawn; the list has the others. */
export const DRAWN = 4;

export const NODE = { width: 178, height: 62 } as const;
export const WIDTH = 844;

/** The middle of a node, as the picture is read: from 0 at the reading edge. */
export interface Spot {
  x: number;
  y: number;
}

/** Where everything lies: organizations at the reading edge, then the record with agreements above and below, then projects and units. */
export function layOut(counts: Record<Kind, number>): { height: number; me: Spot; spots: Record<Kind, Spot[]> } {
  const columns = [0, 1, 2, 3].map((column) => NODE.width / 2 + 1 + (column * (WIDTH - NODE.width - 2)) / 3);
  const [atOrganizations = 0, atMe = 0, atProjects = 0, atUnits = 0] = columns;
  const step = NODE.height + 22;
  const drawn = (kind: Kind): number => Math.min(DRAWN, counts[kind]);
  // Agreements take turns above and below, so the record stays near the middle.
  const below = Math.floor(drawn('agreements') / 2);
  const above = drawn('agreements') - below;
  const rows = Math.max(drawn('organizations'), drawn('projects'), drawn('units'), 1 + 2 * Math.max(above, below));
  const height = rows * step;
  const middle = height / 2;
  const column = (kind: Kind, x: number): Spot[] => Array.from({ length: drawn(kind) }, (_, index) => ({ x, y: middle + (index - (drawn(kind) - 1) / 2) * step }));
  const agreements = Array.from({ length: drawn('agreements') }, (_, index) => ({ x: atMe, y: middle + (index % 2 === 0 ? -1 : 1) * step * (Math.floor(index / 2) + 1) }));
  return {
    height,
    me: { x: atMe, y: middle },
    spots: { organizations: column('organizations', atOrganizations), agreements, projects: column('projects', atProjects), units: column('units', atUnits) },
  };
}

/** The line from the record to a neighbour. */
export function lineTo(me: Spot, spot: Spot): string {
  const ends = { source: [me.x, me.y] as [number, number], target: [spot.x, spot.y] as [number, number] };
  return (spot.x === me.x ? linkVertical()(ends) : linkHorizontal()(ends)) ?? '';
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
