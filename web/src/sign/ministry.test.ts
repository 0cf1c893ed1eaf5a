import { describe, expect, it } from 'vitest';
import type { Role } from '../gql/graphql';
import { decidesForMinistry, decidesForUnits, writesForMinistry } from './ministry';
import type { Who } from './session';

const somebody = (...grants: { role: Role; ministryUnit?: string }[]): Who => ({ account: { id: 'acc_1', login: 'a', name: 'A', locale: 'ar' }, roles: grants.map(({ role }) => role), grants, oidc: false, mails: false });

describe('what speaks for the whole ministry', () => {
  it.each<[string, Who, boolean, boolean]>([
    ['an administrator', somebody({ role: 'ADMINISTRATOR' }), true, true],
    ['an editor of everything', somebody({ role: 'EDITOR' }), true, false],
    ['an approver of everything', somebody({ role: 'APPROVER' }), true, true],
    ['an editor of one unit', somebody({ role: 'EDITOR', ministryUnit: 'min_2' }), false, false],
    ['an approver of one unit who analyses everything', somebody({ role: 'APPROVER', ministryUnit: 'min_2' }, { role: 'ANALYST' }), false, false],
    ['a translator', somebody({ role: 'TRANSLATOR' }), false, false],
  ])('%s', (_, who, writes, decides) => expect([writesForMinistry(who), decidesForMinistry(who)]).toEqual([writes, decides]));

  it('is closed to nobody known', () => expect([writesForMinistry(undefined), decidesForMinistry(undefined), decidesForUnits(undefined, [])]).toEqual([false, false, false]));
});

describe('a record of a unit', () => {
  const ofUnit = somebody({ role: 'APPROVER', ministryUnit: 'min_2' });
  it.each<[string, Who, string[], boolean]>([
    ['of one’s own unit', ofUnit, ['min_2', 'min_1'], true],
    ['of a unit below one’s own', ofUnit, ['min_7', 'min_2', 'min_1'], true],
    ['of another unit', ofUnit, ['min_3', 'min_1'], false],
    ['that no unit keeps', ofUnit, [], true],
    ['of any unit, for an approver of everything', somebody({ role: 'APPROVER' }), ['min_3', 'min_1'], true],
    ['of one’s own unit, for an editor', somebody({ role: 'EDITOR', ministryUnit: 'min_2' }), ['min_2'], false],
  ])('%s', (_, who, units, decides) => expect(decidesForUnits(who, units)).toBe(decides));
});
