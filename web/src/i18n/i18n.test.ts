import { describe, expect, it } from 'vitest';
import ar from './ar.json';
import en from './en.json';

/** Keys of a catalogue, without the plural forms that differ by language. */
function keys(catalogue: object, path = ''): string[] {
  return Object.entries(catalogue).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null ? keys(value, `${path}${key}.`) : [path + key.replace(/_(zero|one|two|few|many|other)$/, '')],
  );
}

function placeholders(text: string): string[] {
  return [...text.matchAll(/{{(\w+)}}/g)].map((match) => match[1] ?? '').sort();
}

describe('texts of the page', () => {
  it('exist in both languages', () => {
    expect([...new Set(keys(ar))].sort()).toEqual([...new Set(keys(en))].sort());
  });

  it('use the same placeholders', () => {
    const pairs = Object.entries(ar).flatMap(([group, texts]) =>
      typeof texts === 'string' ? [] : Object.entries(texts).map(([key, text]) => [group, key, text] as const),
    );
    for (const [group, key, text] of pairs) {
      const english: unknown = (en as Record<string, unknown>)[group];
      const other = typeof english === 'object' && english !== null ? (english as Record<string, string>)[key] : undefined;
      if (other !== undefined) expect(placeholders(text), `${group}.${key}`).toEqual(placeholders(other));
    }
  });

  it('has the six plural forms of Arabic wherever it counts', () => {
    const counted = keys(ar).filter((key, _, all) => all.filter((other) => other === key).length > 1);
    expect(counted.length).toBeGreaterThan(0);
    for (const key of new Set(counted)) expect(counted.filter((other) => other === key), key).toHaveLength(6);
  });
});
