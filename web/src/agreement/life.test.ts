import { describe, expect, it } from 'vitest';
import { lifeOf, turnsOf } from './life';

describe('the line of a life', () => {
  it('puts events, deadlines and today in their order', () => {
    const points = lifeOf(
      {
        signedOn: '2024-03-12',
        inForceOn: '2024-06-01',
        events: [{ id: 'e1', kind: 'SIGNED', occurredOn: '2024-03-12' }],
        deadlines: [
          { kind: 'EXPIRY', dueOn: '2028-03-11', state: 'PENDING' },
          { kind: 'NOTICE', dueOn: '2027-12-11', state: 'PENDING' },
        ],
      },
      '2026-11-30',
    );
    expect(points.map((point) => [point.kind ?? point.deadline ?? 'today', point.standing])).toEqual([
      ['SIGNED', 'past'],
      ['ENTERED_INTO_FORCE', 'past'],
      ['today', 'today'],
      ['NOTICE', 'planned'],
      ['EXPIRY', 'planned'],
    ]);
  });

  it('says where a term is over and nobody said what came of it, and has no today for what has ended', () => {
    const life = { signedOn: null, inForceOn: '2020-01-01', events: [], deadlines: [{ kind: 'EXPIRY', dueOn: '2024-01-01', state: 'OVERDUE' }] } as const;
    expect(lifeOf(life, '2026-11-30').map((point) => point.standing)).toEqual(['past', 'trouble', 'today']);
    expect(lifeOf({ ...life, endedOn: '2024-01-02' }, '2026-11-30').map((point) => point.standing)).toEqual(['past', 'trouble']);
  });

  it('keeps the turns of a long life, where it began, today and what comes next', () => {
    const kinds = ['PROPOSED', 'NEGOTIATION_OPENED', 'INITIALLED', 'CLEARED', 'SIGNED', 'RATIFICATION_OPENED', 'RATIFIED', 'ENTERED_INTO_FORCE'] as const;
    const events = kinds.map((kind, index) => ({ id: kind, kind, occurredOn: `2024-0${index + 1}-01` }));
    const points = lifeOf({ events, deadlines: [{ kind: 'NOTICE', dueOn: '2030-01-01', state: 'PENDING' }, { kind: 'EXPIRY', dueOn: '2031-01-01', state: 'PENDING' }] }, '2026-11-30');
    expect(turnsOf(points).map((point) => point.kind ?? point.deadline ?? 'today')).toEqual(['PROPOSED', 'SIGNED', 'ENTERED_INTO_FORCE', 'today', 'NOTICE', 'EXPIRY']);
    expect(turnsOf(points.slice(0, 5))).toHaveLength(5);
  });
});
