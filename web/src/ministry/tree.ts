/** A unit as far as its place in the tree goes. */
interface Placed {
  id: string;
  parent?: { id: string } | null;
}

/** Units in the order of their tree, each with its depth: a unit before those below it. What hangs on none of those given, or on itself, stands at the top. */
export function inOrder<Unit extends Placed>(units: readonly Unit[]): { unit: Unit; depth: number }[] {
  const known = new Set(units.map(({ id }) => id));
  const placed = new Map<string, { unit: Unit; depth: number }>();
  const place = (unit: Unit, depth: number): void => {
    if (placed.has(unit.id)) return;
    placed.set(unit.id, { unit, depth });
    for (const below of units) if (below.parent?.id === unit.id) place(below, depth + 1);
  };
  for (const unit of units) if (!unit.parent || !known.has(unit.parent.id)) place(unit, 0);
  for (const unit of units) place(unit, 0);
  return [...placed.values()];
}
