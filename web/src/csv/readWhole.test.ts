import { describe, expect, it } from 'vitest';
import { type Batch, readWhole } from './readWhole';

const pages: Record<string, Batch> = {
  '': { total: 3, rows: [['a'], ['b']], endCursor: 'b', hasNextPage: true },
  b: { total: 3, rows: [['c']], endCursor: 'c', hasNextPage: false },
};
const read = async (after: string | null): Promise<Batch> => pages[after ?? ''] ?? { total: 0, rows: [], endCursor: null, hasNextPage: false };

describe('a whole list', () => {
  it('is read page by page, and says how far it is', async () => {
    const heard: [number, number][] = [];
    expect(await readWhole(read, (rows, total) => heard.push([rows, total]), new AbortController().signal)).toEqual([['a'], ['b'], ['c']]);
    expect(heard).toEqual([[2, 3], [3, 3]]);
  });

  it('ends in nothing when it is stopped', async () => {
    const stop = new AbortController();
    await expect(readWhole(read, () => stop.abort(), stop.signal)).rejects.toThrow();
  });

  it('ends in the error of a page', async () => {
    const failing = async (after: string | null): Promise<Batch> => (after === null ? read(after) : Promise.reject(new Error('gone')));
    await expect(readWhole(failing, () => undefined, new AbortController().signal)).rejects.toThrow('gone');
  });
});
