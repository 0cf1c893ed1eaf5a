import { createContext, useContext } from 'react';

/** The moment as of which a page is read; null for today. */
export const Moment = createContext<string | null>(null);

/** The moment as of which the page is read, as its address says it. */
export const useMoment = (): string | null => useContext(Moment);

/** The pages that can be read as of a moment: those of records. */
const RECORD = /^\/(?:agreements|projects|organizations|units)\/[^/?]+$/;

/** Whether the page at an address, without its language, can be read as of a moment. */
export const hasPast = (path: string): boolean => RECORD.test(path);

/** The moment that an address names: a day, which means its end, or a moment in RFC 3339; null if neither. */
export function readMoment(text: string | null): string | null {
  if (text === null || !/^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d))?$/.test(text)) return null;
  const moment = text.length === 10 ? `${text}T23:59:59Z` : text;
  return Number.isNaN(Date.parse(moment)) ? null : moment;
}

/** A query with the directive that reads it as of a moment. */
export function asOf(query: string, moment: string): string {
  let depth = 0;
  for (let at = 0; at < query.length; at++) {
    const sign = query[at];
    if (sign === '(') depth++;
    else if (sign === ')') depth--;
    else if (sign === '{' && depth === 0) return `${query.slice(0, at)}@asOf(at: ${JSON.stringify(moment)}) ${query.slice(at)}`;
  }
  return query;
}
