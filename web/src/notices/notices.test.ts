import { describe, expect, it } from 'vitest';
import { type Notice, placeOf } from './notices';

const notice: Notice = { kind: 'RETURNED', at: '2026-11-30T10:00:00Z', actorName: 'Rima', comment: null, field: null, status: null, isSeen: false, change: null, task: null, record: null };
const project = (state: 'DRAFT' | 'SUBMITTED' | 'RETURNED' | 'PUBLISHED') => ({ __typename: 'Project', id: 'prj_1', code: 'P', state, title: null }) as const;

describe('a notice leads', () => {
  it.each([
    ['to the draft that came back', { record: project('RETURNED') }, '/desk/drafts?item=prj_1'],
    ['to the change that came back, not to its published record', { record: project('PUBLISHED'), change: { id: 'pch_7', state: 'RETURNED' } }, '/desk/drafts?item=pch_7'],
    ['to where it waits by now', { record: project('PUBLISHED'), change: { id: 'pch_7', state: 'SUBMITTED' } }, '/desk/review?item=pch_7'],
    ['to the record once nothing of it waits', { record: project('PUBLISHED'), change: { id: 'pch_7', state: 'PUBLISHED' } }, '/projects/prj_1'],
    ['to the bench as long as the text is to be translated', { record: project('PUBLISHED'), task: { id: 'ttk_9', task: 'RETURNED', locale: 'ar' } }, '/desk/translations?task=RETURNED&locale=ar&item=ttk_9'],
    ['to a request in the list of its state', { record: { __typename: 'TranslationRequest', id: 'trq_1', code: 'T', status: 'DELIVERED', title: null } }, '/desk/requests?state=DELIVERED&item=trq_1'],
    ['to an import', { record: { __typename: 'ImportRun', id: 'imp_1', code: 'units.csv', outcome: 'DONE' } }, '/desk/imports?item=imp_1'],
    ['nowhere where its record is gone', {}, null],
  ] as const)('%s', (_, more, to) => {
    expect(placeOf({ ...notice, ...more } as Notice)).toBe(to);
  });
});
