import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import arabic from './texts.ar.json';
import english from './texts.en.json';

const { definitions } = parse(readFileSync(fileURLToPath(new URL('../../../schema.graphqls', import.meta.url)), 'utf8'), { noLocation: true });

describe('the history', () => {
  it.each([['ar', arabic], ['en', english]] as const)('says in words of %s what each mutation did, and to what', (_, texts) => {
    const mutations = definitions.flatMap((each) => (each.kind === 'ObjectTypeDefinition' && each.name.value === 'Mutation' ? (each.fields ?? []).map((field) => field.name.value) : []));
    const subjects = definitions.flatMap((each) => (each.kind === 'UnionTypeDefinition' && each.name.value === 'HistorySubject' ? (each.types ?? []).map((type) => type.name.value) : []));
    expect(mutations.length).toBeGreaterThan(50);
    expect(mutations.filter((name) => !(name in texts.operation))).toEqual([]);
    expect(subjects.filter((name) => !(name in texts.subject))).toEqual([]);
  });
});
