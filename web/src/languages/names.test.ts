import { describe, expect, it } from 'vitest';
import { nameOf, offered } from './names';

describe('a language', () => {
  it.each([
    ['fr', 'en', 'French'],
    ['pt-BR', 'en', 'Brazilian Portuguese'],
    ['fr', 'ar', 'الفرنسية'],
  ])('%s is called in %s %s', (tag, reader, name) => expect(nameOf(tag, reader)).toBe(name));

  it.each(['', 'french!', 'qq', 'what-ever'])('is none by the tag "%s"', (tag) => expect(nameOf(tag, 'en')).toBe(null));

  it('that is offered has a name in Arabic and in English', () => {
    expect(offered.filter((tag) => nameOf(tag, 'ar') === null || nameOf(tag, 'en') === null)).toEqual([]);
  });
});
