import { Ban, Check, CircleDashed, Clock, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { AgendaEntry } from '../desk/agenda';

const glyphs = { late: TriangleAlert, soon: Clock, later: CircleDashed, done: Check, waived: Ban } as const;

/** Where something that is due stands. */
export type Standing = keyof typeof glyphs;

const standings = { OVERDUE: 'late', DUE_SOON: 'soon', PENDING: 'later', DONE: 'done', WAIVED: 'waived' } as const;

/** Where an item stands today. */
export const standing = (entry: Pick<AgendaEntry, 'state'>): Standing => standings[entry.state];

/** The shape of where an item stands; the words beside it say the rest. */
export function DueMark(props: { entry: Pick<AgendaEntry, 'state'> }): ReactNode {
  const Glyph = glyphs[standing(props.entry)];
  return <Glyph aria-hidden size={13} />;
}
