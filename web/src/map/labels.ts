import type { Area } from './areas';
import { type Box, type Point, roomFor } from './geometry';

/** How a map of degrees becomes one of pixels. */
export interface Frame {
  width: number;
  height: number;
  scale: number;
  at(point: Point): Point;
}

/** A name on the map: in its area, or outside with a line to it. */
export interface Label {
  key: string;
  text: string;
  at: Point;
  /** The place it points to; none if it stands there. */
  to: Point | null;
  /** On which side of the land it stands, if outside. */
  side: 'left' | 'right';
}

/** Never higher than this, however wide the page is. */
const HIGHEST = 480;
/** Between the names outside and the map, and between two of them. */
const GAP = 6;
const LINE = 17;
/** So much of a line is ink. */
const HIGH = 13;

/** A name as it stands on the map; one that is very long ends in dots, and who points at its area has all of it. */
const nameOf = ({ unit }: Area): string => {
  const name = unit.name?.text ?? unit.pcode;
  return name.length > LONGEST ? `${name.slice(0, LONGEST - 1)}…` : name;
};
const LONGEST = 22;

/** The width of a name in pixels, about: Arabic joins its letters and runs shorter. */
function widthOf(text: string): number {
  return text.length * (/[\u0600-\u06ff]/.test(text) ? 6.4 : 7.2);
}

/** Where all land ends at the height of an area, on the side that is nearer to it. */
function edgeOf(areas: readonly Area[], { centre: [x, y] }: Area): { side: 'left' | 'right'; x: number } {
  const beside = areas.filter((other) => other.box.top <= y && other.box.bottom >= y);
  const left = Math.min(...beside.map((other) => other.box.left));
  const right = Math.max(...beside.map((other) => other.box.right));
  return x - left <= right - x ? { side: 'left', x: left } : { side: 'right', x: right };
}

/** Who lies so far from where all land ends, in pixels, keeps a name that hangs over its border a little rather than a line across the others. */
const FAR = 64;

/** Where in its area a name stands at such a scale; null where it has no room, and goes beside the land. */
function roomIn(areas: readonly Area[], area: Area, scale: number): Point | null {
  const room = (part: number): Point | null => roomFor(area.strips, area.centre, ((widthOf(nameOf(area)) + GAP) * part) / scale, (HIGH * part) / scale);
  const far = Math.abs(edgeOf(areas, area).x - area.centre[0]) * scale > FAR;
  return room(1) ?? (far ? (room(0.6) ?? area.centre) : null);
}

/** Fits the areas into a width, with room on the left for the names that do not fit into their areas. */
export function frameOf(areas: readonly Area[], box: Box, width: number): Frame {
  const [wide, high] = [box.right - box.left, box.bottom - box.top];
  let margin = 0;
  let scale = Math.min((width - 2 * GAP) / wide, HIGHEST / high);
  // Names that go outside make the map smaller, and a smaller map may put more of them outside.
  for (let again = 0; again < 3; again++) {
    const outside = areas.filter((area) => roomIn(areas, area, scale) === null && edgeOf(areas, area).side === 'left').map((area) => widthOf(nameOf(area)));
    margin = Math.max(margin, outside.length === 0 ? 0 : Math.max(...outside) + 2 * GAP);
    scale = Math.min((width - margin - 2 * GAP) / wide, HIGHEST / high);
  }
  const left = margin + (width - margin - wide * scale) / 2;
  return {
    width,
    height: high * scale + 2 * GAP,
    scale,
    at: ([x, y]) => [left + (x - box.left) * scale, GAP + (y - box.top) * scale],
  };
}

/** Where the names stand. Those that do not fit go beside all land at their height, to the side that is nearer. */
export function labelsOf(areas: readonly Area[], frame: Frame): Label[] {
  const inside: Label[] = [];
  const outside: Label[] = [];
  for (const area of areas) {
    const label = { key: area.unit.id, text: nameOf(area), at: frame.at(area.centre), to: null, side: 'left' as 'left' | 'right' };
    const room = roomIn(areas, area, frame.scale);
    if (room) {
      inside.push({ ...label, at: frame.at(room) });
      continue;
    }
    const { side, x: end } = edgeOf(areas, area);
    const [edge] = frame.at([end, area.centre[1]]);
    const x = side === 'left' ? Math.max(edge - GAP, widthOf(label.text)) : Math.min(edge + GAP, frame.width - widthOf(label.text));
    outside.push({ ...label, at: [x, label.at[1]], to: label.at, side });
  }
  // Names outside that would lie on each other move down, in the order in which they stand.
  outside.sort((one, other) => one.at[1] - other.at[1]);
  const lowest = { left: -Infinity, right: -Infinity };
  const spread = outside.map((label) => {
    lowest[label.side] = Math.max(label.at[1], lowest[label.side] + LINE);
    return { ...label, at: [label.at[0], lowest[label.side]] as const };
  });
  // And up again where they would leave the map at its foot.
  const highest = { left: frame.height, right: frame.height };
  const within = spread.reverse().map((label) => {
    highest[label.side] = Math.min(label.at[1], highest[label.side] - LINE / 2);
    const at = [label.at[0], highest[label.side]] as const;
    highest[label.side] -= LINE / 2;
    return { ...label, at };
  });
  return [...inside, ...within];
}

/** The names that no circle lies upon; who points at an area, or reads the table, has the others. */
export function uncovered(labels: readonly Label[], circles: readonly { at: Point; radius: number }[]): Label[] {
  return labels.filter(({ text, at: [x, y], to, side }) => {
    const wide = widthOf(text);
    const left = to === null ? x - wide / 2 : side === 'left' ? x - wide : x;
    return circles.every((circle) => Math.hypot(circle.at[0] - Math.max(left, Math.min(left + wide, circle.at[0])), circle.at[1] - Math.max(y - LINE / 2, Math.min(y + LINE / 2, circle.at[1]))) > circle.radius);
  });
}
