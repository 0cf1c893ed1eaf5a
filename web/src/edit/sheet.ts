import { type Values, below } from './fields';

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

/** The part of a sheet below a place: `parties/ID/`. */
export function part(sheet: Sheet, prefix: string): Sheet {
  return {
    values: below(sheet.values, prefix),
    wrong: Object.fromEntries(Object.entries(sheet.wrong).flatMap(([place, lines]) => (place.startsWith(prefix) ? [[place.slice(prefix.length), lines]] : []))),
    theirs: below(sheet.theirs, prefix),
    labels: sheet.labels,
    more: {},
    onWrite: (texts, labels) => sheet.onWrite(Object.fromEntries(Object.entries(texts).map(([place, text]) => [prefix + place, text])), labels),
    onTakeTheirs: (place) => sheet.onTakeTheirs(prefix + place),
    onKeepMine: (place) => sheet.onKeepMine(prefix + place),
  };
}
