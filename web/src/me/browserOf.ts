const browsers = [
  ['Edge', /Edg\//],
  ['Opera', /OPR\//],
  ['Firefox', /Firefox\//],
  ['Chrome', /Chrom(e|ium)\//],
  ['Safari', /Safari\//],
] as const;
const systems = [
  ['Android', /Android/],
  ['iOS', /iPhone|iPad/],
  ['Windows', /Windows/],
  ['macOS', /Mac OS X/],
  ['Linux', /Linux/],
] as const;

/** A browser and its system as people call them, from what it says of itself; what nobody knows stands as it was said, cut short. */
export function browserOf(agent: string | undefined): string | null {
  if (!agent) return null;
  const find = (among: readonly (readonly [string, RegExp])[]): string | undefined => among.find(([, mark]) => mark.test(agent))?.[0];
  return [find(browsers), find(systems)].filter(Boolean).join(' · ') || agent.slice(0, 60);
}
