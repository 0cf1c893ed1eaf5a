import { describe, expect, it } from 'vitest';
import { type Field, conflicts, inputOf, isOffered, labelsOf, merged, moreOf, originalOf, placeOf, valuesOf } from './fields';
import { THERE, rowsOf } from './places';

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

  it('holds no text of another language where one is missing', () => {
    expect(valuesOf(fields, { ...record, titleEn: { text: 'مذكرة', isFallback: true } })['title.en']).toBe('');
  });

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

  it.each<[string, Record<string, string>, string[]]>([
    ['none is filled', {}, ['agreementId', 'projectId']],
    ['one is filled', { projectId: 'prj_1' }, ['projectId']],
    ['two are, against the rule', { agreementId: 'agr_1', projectId: 'prj_1' }, ['agreementId', 'projectId']],
  ])('of which there is one asks, while %s, for what can be', (_, values, offered) => {
    const oneOf = ['agreementId', 'projectId'];
    const subjects: Field[] = [
      { name: 'agreementId', control: 'record', of: 'AGREEMENT', oneOf },
      { name: 'projectId', control: 'record', of: 'PROJECT', oneOf },
    ];
    expect(subjects.filter((field) => isOffered(field, values)).map((field) => field.name)).toEqual(offered);
  });

  it.each([
    ['both', { 'title.ar': 'مذكرة', 'title.en': 'Memorandum' }, 'en'],
    ['Arabic alone', { 'title.ar': 'مذكرة' }, 'ar'],
    ['nothing yet', {}, 'en'],
  ])('written on an English page in %s has the original language that fits', (_, values, original) => expect(originalOf(fields, values, 'en')).toBe(original));
});

describe('parts', () => {
  const parts: Field[] = [
    { name: 'parties', control: 'parts', fields: [{ name: 'organizationId', control: 'record', of: 'ORGANIZATION' }, { name: 'signedOn', control: 'date' }] },
    { name: 'units', control: 'links', of: 'ADMINISTRATIVE_UNIT' },
  ];
  const whole = {
    parties: { totalCount: 5, nodes: [{ id: 'pty_1', signedOn: '2026-01-01', organization: { id: 'org_1', name: { text: 'وزارة' } } }, { id: 'pty_2', signedOn: null, organization: null }] },
    units: [{ id: 'adm_1', name: { text: 'حلب' } }],
  };
  const before = valuesOf(parts, whole);

  it('are read with what they link, and how many are left out', () => {
    expect(rowsOf(before, 'parties')).toEqual(['pty_1', 'pty_2']);
    expect(before['parties/pty_1/organizationId']).toBe('org_1');
    expect(labelsOf(parts, whole)).toEqual({ org_1: 'وزارة', adm_1: 'حلب' });
    expect(moreOf(parts, whole)).toEqual({ parties: 3 });
  });

  it('are sent if they are new, touched or taken out, and only so far', () => {
    const values = { ...before, 'parties/pty_1/signedOn': '2026-02-02', 'parties/pty_2': '', 'parties/new-1': THERE, 'parties/new-1/organizationId': 'org_9', 'units/adm_1': '', 'units/adm_2': THERE };
    expect(inputOf(parts, values, before)).toEqual({
      parties: { save: [{ id: 'pty_1', signedOn: '2026-02-02' }, { organizationId: 'org_9' }], remove: ['pty_2'] },
      units: { link: ['adm_2'], unlink: ['adm_1'] },
    });
    expect(inputOf(parts, { ...before, 'parties/new-1': '' }, before)).toEqual({});
  });

  it.each<[string, string[], string | undefined]>([
    ['by its place in what was sent', ['input', 'agreement', 'parties', 'save', '1', 'organizationId'], 'parties/new-1/organizationId'],
    ['by its id', ['parties', 'pty_1', 'signedOn'], 'parties/pty_1/signedOn'],
    ['as a whole', ['parties', 'pty_2'], 'parties/pty_2'],
    ['by none of its parts', ['parties'], 'parties'],
    ['by nothing that is here', ['version'], undefined],
  ])('are named by a refusal %s', (_, path, place) => {
    const values = { ...before, 'parties/pty_1/signedOn': '2026-02-02', 'parties/new-1': THERE };
    expect(placeOf(parts, path, values, before)).toBe(place);
  });
});
