/** At most so many classes beside that of nothing at all. */
const MOST = 5;

/** The 1, 2 or 5 with zeros that is at most a number. */
function roundDown(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return (value >= 5 * power ? 5 : value >= 2 * power ? 2 : 1) * power;
}

/**
 * Round limits between the classes of a choropleth, rising. Figures far apart, as money mostly is, get steps that grow (1, 2, 5, 10), unless
 * steps of one size tell more of them from each other; figures close together get steps of one size.
 */
export function limitsOf(values: Iterable<number>): number[] {
  const positive = [...values].filter((value) => value > 0);
  const largest = Math.max(...positive);
  const least = Math.min(...positive);
  if (positive.length === 0 || largest === least) return [];
  const even = evenLimits(least, largest);
  if (largest / least <= MOST) return even;
  const growing: number[] = [];
  for (let limit = roundDown(largest); limit > least && growing.length < MOST - 1; limit = roundDown(limit * 0.7)) growing.unshift(limit);
  return fullest(positive, even) < fullest(positive, growing) ? even : growing;
}

function evenLimits(least: number, largest: number): number[] {
  const limits: number[] = [];
  let step = roundDown((largest - least) / MOST);
  while ((largest - least) / step >= MOST) step = nextStep(step);
  for (let limit = Math.ceil(least / step) * step; limit <= largest; limit += step) if (limit > least) limits.push(Number(limit.toPrecision(12)));
  return limits.slice(0, MOST - 1);
}

/** How many figures the fullest class has. */
function fullest(values: readonly number[], limits: readonly number[]): number {
  const sizes = new Map<number, number>();
  for (const value of values) sizes.set(classOf(value, limits), (sizes.get(classOf(value, limits)) ?? 0) + 1);
  return Math.max(...sizes.values());
}

/** The next of 1, 2, 5, 10. */
function nextStep(step: number): number {
  return roundDown(step * 2.6);
}

/** The steps of the scale of colours that so many classes take: few classes lie as far apart as many. */
const STEPS = [[], [3], [2, 5], [1, 3, 5], [1, 2, 4, 5], [1, 2, 3, 4, 5]];

/** The step of the scale of colours for a class; 0 for nothing. */
export function stepOf(index: number, limits: readonly number[]): number {
  return STEPS[limits.length + 1]?.[index - 1] ?? 0;
}

/** The class of a figure: 0 for nothing, else 1 and one more for each limit that it reaches. */
export function classOf(value: number, limits: readonly number[]): number {
  return value <= 0 ? 0 : 1 + limits.filter((limit) => value >= limit).length;
}
