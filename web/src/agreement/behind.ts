import { withParam } from '../shell/withParam';

/** The lists of an agreement that stand behind figures of what it delivered, each by what it can be narrowed to. */
export const listsBehind = {
  units: ['all', '1', '2'],
  indicators: ['all', 'achieved', 'missed', 'unknown'],
  obligations: ['all', 'due', 'done', 'doneLate', 'overdue', 'waived', 'open'],
} as const;

/** The list behind a figure: of what, which of these, and of which year. */
export type Behind = { [List in keyof typeof listsBehind]: { list: List; which: (typeof listsBehind)[List][number]; year: number | null } }[keyof typeof listsBehind];

/** The name of a list in the address of the page, such as indicators.achieved.2024. */
export const behindName = ({ list, which, year }: Behind): string => [list, which, ...(year === null ? [] : [year])].join('.');

/** Reads the list that an address asks for; null if it asks for none that there is. */
export function readBehind(params: URLSearchParams): Behind | null {
  const [list = '', which = 'all', year] = (params.get('behind') ?? '').split('.');
  if (year !== undefined && !/^\d{4}$/.test(year)) return null;
  const known = Object.entries(listsBehind).find(([name, parts]) => name === list && (parts as readonly string[]).includes(which));
  return known ? ({ list, which, year: year === undefined ? null : Number(year) } as Behind) : null;
}

/** The search of the page's address with this list open, or with none. */
export const withBehind = (params: URLSearchParams, behind: Behind | null): string => `?${withParam(params, 'behind', behind && behindName(behind))}`;

/** A date on which an obligation was or is due. */
export interface DueDate {
  dueOn?: string | null;
  state: string;
  settledOn?: string | null;
}

/** Whether a date counts in a figure of obligations, by the rules of the server. */
export function countsAs(which: (typeof listsBehind)['obligations'][number], date: DueDate, today: string): boolean {
  switch (which) {
    case 'all':
      return true;
    case 'due':
      return Boolean(date.dueOn && date.dueOn <= today);
    case 'done':
      return date.state === 'DONE';
    case 'doneLate':
      return date.state === 'DONE' && Boolean(date.settledOn && date.dueOn && date.settledOn > date.dueOn);
    case 'overdue':
      return date.state === 'OVERDUE';
    case 'waived':
      return date.state === 'WAIVED';
    case 'open':
      return date.state === 'PENDING' || date.state === 'DUE_SOON';
  }
}
