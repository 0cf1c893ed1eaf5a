import { describe, expect, it } from 'vitest';
import { type Task, byRecord, recordOf } from './queue';

const title = { text: 'Canals', locale: 'en', direction: 'LTR' } as const;
const project = { id: 'prj_1', code: 'PRJ-1', title } as const;
const task = (id: string, subjectKind: string, subject: NonNullable<Task['subject']>): Task => ({
  id,
  task: 'MISSING',
  subjectKind,
  field: 'description',
  locale: 'ar',
  sourceText: 'text',
  sourceLocale: 'en',
  sourceDigest: '',
  sourceThen: null,
  subject,
  translation: null,
});
const tasks = [
  task('1', 'Project', { __typename: 'Project', ...project }),
  task('2', 'CodeListItem', { __typename: 'CodeListItem', id: 'cli_1', code: '11110', codeList: { title } }),
  task('3', 'Indicator', { __typename: 'Indicator', id: 'ind_1', result: { project } }),
];

describe('the queue of texts', () => {
  it('names the record of a part, and the list of a code', () => {
    expect(tasks.map(recordOf)).toEqual([
      { id: 'prj_1', code: 'PRJ-1', title, isPart: false },
      { id: 'cli_1', code: '11110', title, isPart: false },
      { id: 'prj_1', code: 'PRJ-1', title, isPart: true },
    ]);
  });

  it('keeps the texts of a record and of its parts together', () => {
    expect(byRecord(tasks).map((group) => group.map(({ id }) => id))).toEqual([['1', '3'], ['2']]);
  });
});
