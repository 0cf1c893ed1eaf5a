import { describe, expect, it } from 'vitest';
import { asItWillBe } from './waiting';

const record = { id: 'unt_1', version: 3, level: 2, nameAr: { text: 'حلب' }, nameEn: null, parent: { id: 'unt_0', name: { text: 'سورية' } }, aliases: [{ id: 'ual_1', name: 'Alep' }, { id: 'ual_2', name: 'Halab' }] };

describe('a record as those write on at it who work here', () => {
  it('has the translations that wait for a review, the newest of each', () => {
    const texts = [{ field: 'name', locale: 'en', text: 'Aleppo', proposal: { text: 'Aleppo City' } }, { field: 'name', locale: 'fr', text: 'Alep' }];
    expect(asItWillBe(record, texts, [])).toEqual({ ...record, nameEn: { text: 'Aleppo City', isFallback: false } });
  });

  it('is as the change that waits for approval will leave it: texts, values, links', () => {
    const change = [
      { kind: 'AdministrativeUnit', action: 'UPDATE', recordId: 'unt_1', field: 'name.ar', after: 'مدينة حلب' },
      { kind: 'AdministrativeUnit', action: 'UPDATE', recordId: 'unt_1', field: 'level', after: 3 },
      { kind: 'AdministrativeUnit', action: 'UPDATE', recordId: 'unt_1', field: 'parentId', after: 'unt_7' },
    ];
    expect(asItWillBe(record, [], change)).toMatchObject({ nameAr: { text: 'مدينة حلب' }, nameEn: null, level: 3, parent: { id: 'unt_7' } });
  });

  it('has the parts that are added, changed and taken out', () => {
    const change = [
      { kind: 'UnitAlias', action: 'UPDATE', recordId: 'ual_1', field: 'name', after: 'Alep la Blanche' },
      { kind: 'UnitAlias', action: 'DELETE', recordId: 'ual_2', field: 'name', after: null },
      { kind: 'UnitAlias', action: 'INSERT', recordId: 'ual_3', field: 'name', after: 'Beroea' },
    ];
    expect(asItWillBe(record, [], change, { UnitAlias: 'aliases' })).toMatchObject({ aliases: [{ id: 'ual_1', name: 'Alep la Blanche' }, { id: 'ual_3', name: 'Beroea' }] });
  });
});
