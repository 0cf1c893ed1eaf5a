import { describe, expect, it } from 'vitest';
import { asWritten, withTexts } from './asWritten';

const record = {
  id: 'prj_1', version: 3, state: 'PUBLISHED', titleAr: { text: 'مشروع' }, titleEn: null,
  results: { nodes: [{ id: 'res_1', titleAr: { text: 'ماء' }, indicators: [{ id: 'ind_1', titleAr: null, titleEn: { text: 'People' } }] }] },
  translations: { nodes: [{ field: 'title', locale: 'en', text: 'Project', proposal: { text: 'A project' } }] },
  pendingChanges: { nodes: [] as { id: string }[] },
};
const waiting = { ...record, pendingChanges: { nodes: [{ id: 'chg_1' }] } };
const never = (): Promise<never> => Promise.reject(new Error('tried in vain'));

describe('a record as those write on at it who work here', () => {
  it('has the newest text of each language', async () => {
    expect(await asWritten({ standing: () => Promise.resolve(record), tried: never })).toMatchObject({ titleAr: { text: 'مشروع' }, titleEn: { text: 'A project' } });
  });

  it('is as its waiting change will leave it, of the version that is kept', async () => {
    const tried = { record: { ...record, version: 4, titleAr: { text: 'مشروع' } }, change: { fields: [{ recordId: 'prj_1', field: 'title.ar', after: 'مشروع جديد' }, { recordId: 'ind_1', field: 'title.ar', after: 'السكان' }] }, userErrors: [] };
    const read = await asWritten({ standing: () => Promise.resolve(waiting), tried: (version) => Promise.resolve({ ...tried, record: { ...tried.record, code: String(version) } }) });
    expect(read).toMatchObject({ version: 3, code: '3', waits: true, titleAr: { text: 'مشروع جديد' }, titleEn: { text: 'A project' } });
    expect(read?.results.nodes[0]?.indicators[0]).toMatchObject({ titleAr: { text: 'السكان' }, titleEn: { text: 'People' } });
  });

  it('says why nobody may write on, and is as it stands', async () => {
    const refusal = { path: ['input', 'id'], code: 'STATE', message: 'handed in', messageAr: 'مقدَّم' };
    expect(await asWritten({ standing: () => Promise.resolve(waiting), tried: () => Promise.resolve({ record: { ...record, titleEn: null }, userErrors: [refusal] }) })).toMatchObject({ version: 3, refused: [refusal], titleEn: { text: 'A project' } });
  });

  it('is not there if nobody sees it', async () => expect(await asWritten({ standing: () => Promise.resolve(null), tried: never })).toBeNull());
});

it('takes out a text that was taken out', () => expect(withTexts({ id: 'res_1', titleAr: { text: 'ماء' } }, [{ recordId: 'res_1', field: 'title.ar', after: null }])).toEqual({ id: 'res_1', titleAr: null }));
