import { describe, expect, it } from 'vitest';
import { cutNames, widthOf } from './names';

describe('names beside a drawing', () => {
  it('stay whole where there is room, and end in dots where there is none', () => {
    expect(cutNames(['Homs', 'Generation of energy from renewable sources'], 110)).toEqual(['Homs', 'Generation of…']);
    expect(widthOf(cutNames(['Generation of energy from renewable sources'], 110)[0] ?? '')).toBeLessThanOrEqual(115);
  });

  it('keep their ends where they begin alike', () => {
    const cut = cutNames(['Agency for Development Cooperation of Finland', 'Agency for Development Cooperation of Jordan', 'World Bank'], 150);
    expect(new Set(cut).size).toBe(3);
    expect(cut[0]).toMatch(/^Agency.*…Finland$/);
    expect(cut[2]).toBe('World Bank');
  });

  it('stay the same where they are the same', () => {
    expect(cutNames(['Water', 'Water'], 300)).toEqual(['Water', 'Water']);
  });
});
