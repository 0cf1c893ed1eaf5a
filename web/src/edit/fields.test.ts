import { describe, expect, it } from 'vitest';
import { type Field, conflicts, inputOf, merged, originalOf, valuesOf } from './fields';

const fields: Field[] = [
  { name: 'title', control: 'text' },
  { name: 'signedOn', control: 'date' },
  { name: 'durationMonths', control: 'number' },
  { name: 'isBinding', control: 'boolean' },
  { name: 'envelope', control: 'money' },
  { name: 'ownerId', control: 'unit' },
];
const record = { titleAr: { text: 'مذكرة' }, titleEn: null, signedOn: '2026-10-01', durationMonths: 36, isBinding: true, envelope: { amount: '1200.50', currency: 'EUR' }, owner: { id: 'mun_1' } };
const read = valuesOf(fields, record);

describe('a form', () => {
  it('holds what was read, place by place', () => {
    expect(read).toEqual({
      'title.ar': 'مذكرة', 'title.en': '', signedOn: '2026-10-01', durationMonths: '36', isBinding: 'true', 'envelope.amount': '1200.50', 'envelope.currency': 'EUR', ownerId: 'mun_1',
    });
  });

  it('sends nothing that nobody touched', () => expect(inputOf(fields, { ...read, 'title.ar': ' مذكرة ' }, read)).toEqual({}));

  it.each<[string, Record<string, string>, object]>([
    ['a text in one language', { 'title.en': 'Memorandum' }, { title: [{ locale: 'en', text: 'Memorandum' }] }],
    ['a text that was taken out', { 'title.ar': '' }, { title: [{ locale: 'ar', text: null }] }],
    ['a date that was emptied', { signedOn: '' }, { signedOn: null }],
    ['a number', { durationMonths: '48' }, { durationMonths: 48 }],
    ['a flag', { isBinding: 'false' }, { isBinding: false }],
    ['an amount, whole, to the cent', { 'envelope.amount': '90071992547409.93' }, { envelope: { amount: '90071992547409.93', currency: 'EUR' } }],
    ['no amount', { 'envelope.amount': '', 'envelope.currency': '' }, { envelope: null }],
  ])('sends %s', (_, change, input) => expect(inputOf(fields, { ...read, ...change }, read)).toEqual(input));

  it('knows what two people wrote differently, and no more', () => {
    const mine = { ...read, signedOn: '2026-10-02', durationMonths: '48', isBinding: 'false' };
    const theirs = { ...read, signedOn: '2026-10-03', 'title.ar': 'مذكرة تفاهم', isBinding: 'false' };
    expect(conflicts(mine, read, theirs)).toEqual(['signedOn']);
    expect(merged(mine, read, theirs)).toEqual({ ...mine, 'title.ar': 'مذكرة تفاهم' });
  });

  it.each([
    ['both', { 'title.ar': 'مذكرة', 'title.en': 'Memorandum' }, 'en'],
    ['Arabic alone', { 'title.ar': 'مذكرة' }, 'ar'],
    ['nothing yet', {}, 'en'],
  ])('written on an English page in %s has the original language that fits', (_, values, original) => expect(originalOf(fields, values, 'en')).toBe(original));
});
