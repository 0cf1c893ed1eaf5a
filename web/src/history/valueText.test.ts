import { describe, expect, it } from 'vitest';
import { linksIn, toldOf } from './valueText';

describe('a value of a record', () => {
  it('is told by what it is', () => {
    expect(toldOf('IN_FORCE', 'status', { status: 'AgreementStatus' })).toEqual({ sort: 'choice', enumeration: 'AgreementStatus', value: 'IN_FORCE' });
    expect(toldOf('org_1f', 'obligorId')).toEqual({ sort: 'link', id: 'org_1f' });
    expect(toldOf('2026-03-14', 'dueOn')).toEqual({ sort: 'date', text: '2026-03-14' });
    expect(toldOf(false, 'isBinding')).toEqual({ sort: 'boolean', is: false });
    expect(toldOf(36, 'durationMonths')).toEqual({ sort: 'number', text: '36', places: 6 });
    expect(toldOf({ amount: '1200.5', currency: 'USD' }, 'envelope')).toEqual({ sort: 'money', amount: '1200.5', currency: 'USD' });
    expect(toldOf('1200.50', 'envelopeAmount')).toEqual({ sort: 'number', text: '1200.50', places: 2 });
    expect(toldOf('', 'clause')).toEqual({ sort: 'none' });
  });

  it('is a text where it only looks like something else', () => {
    // A text that somebody wrote, a year, and a number of a register.
    expect(toldOf('org_1f', 'title.en')).toEqual({ sort: 'text', text: 'org_1f' });
    expect(toldOf(2024, 'populationYear')).toEqual({ sort: 'code', text: '2024' });
    expect(toldOf('41114', 'registryReference')).toEqual({ sort: 'code', text: '41114' });
    expect(toldOf('12', 'clause')).toEqual({ sort: 'text', text: '12' });
  });

  it('leads to records, also within a list', () => {
    expect(linksIn([toldOf(['org_1', 'org_2'], 'partnersId'), toldOf('agr_3', 'agreementId'), toldOf('x', 'note')])).toEqual(['org_1', 'org_2', 'agr_3']);
  });
});
