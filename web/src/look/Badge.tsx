import { Archive, Check, CircleDashed, CircleDot, Clock, CornerDownLeft, RefreshCw, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

const glyphs = {
  draft: CircleDashed,
  submitted: CircleDot,
  returned: CornerDownLeft,
  published: Check,
  archived: Archive,
  late: TriangleAlert,
  soon: Clock,
  later: CircleDashed,
  done: Check,
  stale: RefreshCw,
  neutral: CircleDot,
} as const;

/** The shapes that a state may have; colour only repeats what word and shape say. */
export type BadgeState = keyof typeof glyphs;

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
