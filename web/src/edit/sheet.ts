import { type Values, partsOf } from './places';

/** What stands in a form, or in one part of it, and what can be done there. */
export interface Sheet {
  values: Values;
  /** What the server has refused, by place. */
  wrong: Readonly<Record<string, string[]>>;
  /** What somebody else has written meanwhile, by place, where this form says otherwise. */
  theirs: Values;
  /** What the linked records are called, by their ids. */
  labels: Readonly<Record<string, string>>;
  /** How many parts there are beyond those that stand here, by their name. */
  more: Readonly<Record<string, number>>;
  /** Writes texts into places at once; `labels` names records that were linked. */
  onWrite: (texts: Values, labels?: Record<string, string>) => void;
  onTakeTheirs: (place: string) => void;
  onKeepMine: (place: string) => void;
}

const sameTexts = (one: Readonly<Record<string, unknown>>, other: Readonly<Record<string, unknown>>): boolean => {
  if (one === other) return true;
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
};

/** Whether two sheets say the same, so that what is drawn of one need not be drawn again. What writes into them must be the same too, as that of a form always is. */
export const sameSheet = (one: Sheet, other: Sheet): boolean =>
  one.labels === other.labels && sameTexts(one.values, other.values) && sameTexts(one.theirs, other.theirs) && Object.keys(one.wrong).length + Object.keys(other.wrong).length === 0;

/** The sheets of the parts of one sort, by their ids. */
export function sheetsOf(sheet: Sheet, name: string): (row: string) => Sheet {
  const [values, wrong, theirs] = [partsOf(sheet.values, name), partsOf(sheet.wrong, name), partsOf(sheet.theirs, name)];
  return (row) => {
    const prefix = `${name}/${row}/`;
    return {
      values: values.get(row) ?? {},
      wrong: wrong.get(row) ?? {},
      theirs: theirs.get(row) ?? {},
      labels: sheet.labels,
      more: {},
      onWrite: (texts, labels) => sheet.onWrite(Object.fromEntries(Object.entries(texts).map(([place, text]) => [prefix + place, text])), labels),
      onTakeTheirs: (place) => sheet.onTakeTheirs(prefix + place),
      onKeepMine: (place) => sheet.onKeepMine(prefix + place),
    };
  };
}
