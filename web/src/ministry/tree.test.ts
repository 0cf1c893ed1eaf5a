import { describe, expect, it } from 'vitest';
import { inOrder } from './tree';

const unit = (id: string, parent?: string) => ({ id, parent: parent ? { id: parent } : null });

describe('the units of the ministry', () => {
  it('stand each before those below it, and those whose unit above is not given at the top', () => {
    const units = [unit('b1', 'b'), unit('a'), unit('a1', 'a'), unit('b'), unit('lost', 'elsewhere'), unit('a11', 'a1')];
    expect(inOrder(units).map(({ unit: { id }, depth }) => `${depth} ${id}`)).toEqual(['0 a', '1 a1', '2 a11', '0 b', '1 b1', '0 lost']);
  });

  it('are all there, though some stand in a circle', () => {
    const units = [unit('a', 'b'), unit('b', 'a'), unit('c')];
    expect(inOrder(units).map(({ unit: { id }, depth }) => `${depth} ${id}`)).toEqual(['0 c', '0 a', '1 b']);
  });
});
