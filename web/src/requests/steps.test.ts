import { describe, expect, it } from 'vitest';
import type { Role } from '../gql/graphql';
import { type Status, mayChange, stepsOf } from './steps';

const steps = (status: Status, roles: Role[], part?: 'requester' | 'assignee'): Status[] =>
  stepsOf({ status, requester: part === 'requester' ? { id: 'me' } : null, assignee: part === 'assignee' ? { id: 'me' } : null }, { id: 'me', roles });

describe('the steps of a request', () => {
  it('are taken by those whose they are', () => {
    expect(steps('REQUESTED', ['TRANSLATOR'])).toEqual(['ASSIGNED']);
    expect(steps('REQUESTED', ['EDITOR'], 'requester')).toEqual(['CANCELLED']);
    expect(steps('ASSIGNED', ['TRANSLATOR'], 'assignee')).toEqual(['IN_TRANSLATION']);
    expect(steps('ASSIGNED', ['TRANSLATOR'])).toEqual([]);
    expect(steps('REVISION', ['REVIEWER'])).toEqual(['RETURNED', 'CANCELLED']);
    expect(steps('REVISION', ['CERTIFIER'])).toEqual(['CERTIFIED', 'RETURNED', 'CANCELLED']);
    expect(steps('CERTIFIED', ['EDITOR'], 'requester')).toEqual(['DELIVERED']);
    expect(steps('DELIVERED', ['CERTIFIER'])).toEqual([]);
  });

  it('let nobody certify or send back what is their own', () => expect(steps('REVISION', ['CERTIFIER'], 'assignee')).toEqual(['CANCELLED']));

  it('let nobody change what is over', () => {
    expect(mayChange({ status: 'DELIVERED', requester: { id: 'me' } }, { id: 'me', roles: ['EDITOR'] })).toBe(false);
    expect(mayChange({ status: 'ASSIGNED', requester: { id: 'me' } }, { id: 'me', roles: ['EDITOR'] })).toBe(true);
    expect(mayChange({ status: 'ASSIGNED', requester: null }, { id: 'me', roles: ['EDITOR'] })).toBe(false);
  });
});
