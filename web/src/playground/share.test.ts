import { deflateSync, strToU8 } from 'fflate';
import { describe, expect, it } from 'vitest';
import { fromFragment, isSharedFragment, toFragment } from './share';

const operation = { query: '# مشاريع حلب\nquery Projects($text: String) { search(text: $text) { highlight } }', variables: '{"text": "مياه 💧"}' };

function fragmentOf(content: unknown): string {
  return '#q=' + Buffer.from(deflateSync(strToU8(JSON.stringify(content)))).toString('base64url');
}

describe('shared links', () => {
  it('carry an operation there and back', () => {
    expect(fromFragment(toFragment(operation))).toEqual(operation);
  });

  it('are safe in an address and shorter than the text', () => {
    const long = { query: operation.query + '\n  code title { text }'.repeat(100), variables: '' };
    const fragment = toFragment(long);
    expect(fragment).toMatch(/^#q=[A-Za-z0-9_-]+$/);
    expect(fragment.length).toBeLessThan(long.query.length / 5);
  });

  it.each([
    ['another fragment', '#section'],
    ['nothing', ''],
    ['no base64', '#q=%%%'],
    ['a link that was cut off', toFragment(operation).slice(0, 40)],
    ['a later format', fragmentOf([2, 'query', ''])],
    ['another shape', fragmentOf({ query: 'query' })],
    ['a query that is no text', fragmentOf([1, 7, ''])],
    ['no JSON', '#q=' + Buffer.from(deflateSync(strToU8('{'))).toString('base64url')],
    ['text without end', fragmentOf([1, 'a'.repeat(50_000_000), ''])],
  ])('open nothing from %s', (_, fragment) => {
    expect(fromFragment(fragment)).toBeNull();
  });

  it('are told from other fragments even when damaged', () => {
    expect(isSharedFragment('#q=%%%')).toBe(true);
    expect(isSharedFragment('#query')).toBe(false);
  });
});
