import { describe, expect, it } from 'vitest';
import { errorsOf } from './endpoint';

describe('the errors of an answer', () => {
  it('come with code, both languages and the id of the request', () => {
    const extensions = { code: 'TIMEOUT', messageAr: 'انتهى الوقت', requestId: '9f2c' };
    expect(errorsOf({ errors: [{ message: 'Out of time', extensions }] })).toEqual([{ code: 'TIMEOUT', message: 'Out of time', messageAr: 'انتهى الوقت', requestId: '9f2c' }]);
  });

  it('stand without what their sender did not say', () => {
    expect(errorsOf({ errors: [{ message: 'Bad gateway' }] })).toEqual([{ code: null, message: 'Bad gateway', messageAr: null, requestId: null }]);
  });

  it('are none in an answer that has none', () => expect(errorsOf({ data: null })).toEqual([]));
});
