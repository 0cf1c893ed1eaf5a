import { describe, expect, it } from 'vitest';

type Texts = { [key: string]: Texts | string };

const files = import.meta.glob<Texts>('/src/*/texts.*.json', { eager: true, import: 'default' });

const sources = import.meta.glob<string>('/src/*/texts.*.json', { eager: true, import: 'default', query: '?raw' });

/** Keys that stand twice in one object: of those the first is lost, and nobody is told. */
function doubledKeys(source: string): string[] {
  const open: Set<string>[] = [];
  const doubled: string[] = [];
  for (const [token, string] of source.matchAll(/[{}]|"((?:[^"\\]|\\.)*)"(?=\s*:)|"(?:[^"\\]|\\.)*"/g)) {
    if (token === '{') open.push(new Set());
    else if (token === '}') open.pop();
    else if (string !== undefined) {
      if (open.at(-1)?.has(string)) doubled.push(string);
      open.at(-1)?.add(string);
    }
  }
  return doubled;
}

/** The keys of texts; of a counted one only the stem, since languages differ in their plural forms. */
function keys(texts: Texts, at = ''): string[] {
  return Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [at + key.replace(/_(zero|one|two|few|many|other)$/, '')] : keys(value, `${at}${key}.`),
  );
}

const unique = (list: string[]): string[] => [...new Set(list)].sort();

/** Stems of counted texts that lack a form which Arabic needs. */
function lackingForms(texts: Texts, at = ''): string[] {
  const own = Object.keys(texts).filter((key) => typeof texts[key] === 'string');
  const counted = unique(own.filter((key) => key.endsWith('_other')).map((key) => key.slice(0, -'_other'.length)));
  const here = counted.filter((stem) => ['zero', 'one', 'two', 'few', 'many'].some((form) => !own.includes(`${stem}_${form}`))).map((stem) => at + stem);
  return Object.entries(texts).reduce((found, [key, value]) => (typeof value === 'string' ? found : found.concat(lackingForms(value, `${at}${key}.`))), here);
}

/** What a text leaves open, by its key; plural forms aside, which may leave out the count. */
function placeholders(texts: Texts, at = ''): Record<string, string[]> {
  return Object.entries(texts).reduce<Record<string, string[]>>((found, [key, value]) => {
    if (typeof value !== 'string') return { ...found, ...placeholders(value, `${at}${key}.`) };
    if (/_(zero|one|two|few|many|other)$/.test(key)) return found;
    return { ...found, [at + key]: [...value.matchAll(/{{(\w+)}}/g)].map((match) => match[1] ?? '').sort() };
  }, {});
}

describe('the texts of the pages', () => {
  const arabic = Object.keys(files).filter((file) => file.endsWith('.ar.json'));

  it.each(arabic)('%s says in English what it says in Arabic', (file) => {
    const english = files[file.replace('.ar.json', '.en.json')];
    expect(unique(keys(english ?? {}))).toEqual(unique(keys(files[file] ?? {})));
  });

  it.each(arabic)('%s leaves the same places open in both languages', (file) => {
    const english = files[file.replace('.ar.json', '.en.json')];
    expect(placeholders(english ?? {})).toEqual(placeholders(files[file] ?? {}));
  });

  it.each(arabic)('%s counts in the six forms of Arabic', (file) => {
    expect(lackingForms(files[file] ?? {})).toEqual([]);
  });

  it.each(Object.keys(sources))('%s says each thing once', (file) => {
    expect(doubledKeys(sources[file] ?? '')).toEqual([]);
  });

  it('finds a key that stands twice', () => {
    expect(doubledKeys('{"a": "b: {", "c": {"a": "1", "d": "\\"d\\": 2", "a": "3"}, "e": "", "c": ""}')).toEqual(['a', 'c']);
  });

  it('has no English file without its Arabic', () => {
    expect(Object.keys(files).length).toBe(2 * arabic.length);
  });
});
