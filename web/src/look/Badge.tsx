import { Archive, Check, Circle, CircleCheck, CircleDashed, CircleDot, Clock, Contrast, RotateCw, TriangleAlert, Undo2 } from 'lucide-react';
import type { ReactNode } from 'react';

const glyphs = {
  draft: CircleDashed,
  submitted: Contrast,
  returned: Undo2,
  published: CircleCheck,
  archived: Archive,
  late: TriangleAlert,
  soon: Clock,
  later: Circle,
  done: Check,
  stale: RotateCw,
  neutral: CircleDot,
} as const;

/** The shapes that a state may have; colour only repeats what word and shape say. */
export type BadgeState = keyof typeof glyphs;

/** The shape of a state alone, where its word stands beside it. */
export function Shape(props: { state: BadgeState }): ReactNode {
  const Glyph = glyphs[props.state];
  return <Glyph aria-hidden size={16} className={`look-shape look-badge-${props.state}`} />;
}

/** A state as a word and a shape. */
export function Badge(props: { state: BadgeState; children: ReactNode }): ReactNode {
  const Glyph = glyphs[props.state];
  return (
    <span className={`look-badge look-badge-${props.state}`}>
      <Glyph aria-hidden size={13} />
      {props.children}
    </span>
  );
}
