import { type LocalizedTextFields, Texted } from '../look/Texted';
import type { Choice } from './Explore';

interface Count {
  value: string;
  count: number;
}

/** The counts of an enumeration as choices, named from the system's code lists. */
export function enumChoices(counts: readonly Count[], name: (value: string) => string): Choice[] {
  return counts.map(({ value, count }) => ({ value, count, name: name(value), label: name(value) }));
}

/** The counts of linked records as choices, named by the records; one without a name never shows its id. */
export function recordChoices(counts: readonly (Count & { record?: { name?: LocalizedTextFields | null } | null })[], nameless: string): Choice[] {
  return counts.map(({ value, count, record }) => ({ value, count, name: record?.name?.text ?? nameless, label: <Texted text={record?.name} fallback={nameless} /> }));
}
