import { readFileSync } from 'node:fs';
import { buildSchema, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { examples, openedAtFirst, readExample } from './examples';

const schema = buildSchema(readFileSync(new URL('../../../schema.graphqls', import.meta.url), 'utf8'));

describe('examples', () => {
  it('show the graph from several sides', () => {
    expect(examples.length).toBeGreaterThanOrEqual(8);
    expect(openedAtFirst.length).toBeGreaterThan(0);
    expect(new Set(examples.map((example) => example.operationName)).size).toBe(examples.length);
  });

  it.each(examples.map((example) => [example.id, example] as const))('%s keeps to the contract', (_, example) => {
    expect(validate(schema, parse(example.query)).map((error) => error.message)).toEqual([]);
    expect(example.title.ar).toMatch(/\p{Script=Arabic}/u);
    expect(example.description.ar).toMatch(/\p{Script=Arabic}/u);
    expect(example.title.en).not.toMatch(/\p{Script=Arabic}/u);
  });

  it('refuses a file without its heading', () => {
    expect(() => readExample('./examples/01-bare.graphql', 'query Bare { __typename }')).toThrow(/not an example/);
  });
});
