import type { AgendaKind, AgreementEventKind } from '../gql/graphql';
import type { Life } from './LifeLine';

/** A point on the line of a life: an event, a date that is only stated, a deadline, or today. */
export interface LifePoint {
  key: string;
  on: string;
  /** Of what has happened, its kind. */
  kind?: AgreementEventKind;
  event?: Life['events'][number];
  deadline?: AgendaKind;
  /** Past, today, still to come, or past without anybody having said what came of it. */
  standing: 'past' | 'today' | 'planned' | 'trouble';
}

/** What turns a life; the steps between are told in full where there is room for them. */
const turns: readonly AgreementEventKind[] = ['SIGNED', 'PROVISIONALLY_APPLIED', 'ENTERED_INTO_FORCE', 'SUSPENDED', 'RESUMED', 'EXPIRED', 'TERMINATED', 'SUPERSEDED'];

/** So many points have room beside one another. */
const ABREAST = 7;

/** The points that a line has room for: all, or else the first, those at which the life turned, and what is still to come. */
export function turnsOf(points: readonly LifePoint[]): LifePoint[] {
  if (points.length <= ABREAST) return [...points];
  const kept = points.filter((point, index) => index === 0 || point.kind === undefined || turns.includes(point.kind));
  const now = kept.findIndex(({ standing }) => standing === 'today');
  // Of much that is to come, what comes first.
  return now < 0 ? kept.slice(-ABREAST) : [...kept.slice(Math.max(0, now - 4), now + 1), ...kept.slice(now + 1, now + 3)];
}

/** The life of an agreement in its order: events, dates that are stated without an event, deadlines, and today among them. */
export function lifeOf(life: Life, today: string): LifePoint[] {
  const stated: [AgreementEventKind, string | null | undefined][] = [
    ['SIGNED', life.signedOn],
    ['ENTERED_INTO_FORCE', life.inForceOn],
  ];
  const standing = (on: string): 'past' | 'planned' => (on > today ? 'planned' : 'past');
  const points: LifePoint[] = [
    ...stated.flatMap(([kind, on]): LifePoint[] => (on && !life.events.some((event) => event.kind === kind) ? [{ key: kind, on, kind, standing: standing(on) }] : [])),
    ...life.events.map((event): LifePoint => ({ key: event.id, on: event.occurredOn, kind: event.kind, event, standing: standing(event.occurredOn) })),
    ...life.deadlines.map((deadline): LifePoint => ({
      key: `${deadline.kind} ${deadline.dueOn}`,
      on: deadline.dueOn,
      deadline: deadline.kind,
      standing: deadline.state === 'OVERDUE' ? 'trouble' : standing(deadline.dueOn),
    })),
    ...(life.endedOn ? [] : [{ key: 'today', on: today, standing: 'today' } as const]),
  ];
  // The events come in their order; of one day they keep it.
  return points.map((point, index) => ({ point, index })).sort((a, b) => a.point.on.localeCompare(b.point.on) || a.index - b.index).map(({ point }) => point);
}
