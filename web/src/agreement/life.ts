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
