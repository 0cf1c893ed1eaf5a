/** A day as YYYY-MM-DD, of no time zone. */
export type Day = string;

const DAY_MS = 86_400_000;
/** What CLDR says of Syria, for browsers that do not say it. */
const SATURDAY = 6;

/** Today, where the reader is. */
export function today(now = new Date()): Day {
  // Sweden writes dates as ISO 8601 does.
  return new Intl.DateTimeFormat('sv-SE', { year: 'numeric', month: '2-digit', day: '2-digit' }).format(now);
}

/** The day so many days later. */
export const plusDays = (day: Day, count: number): Day => new Date(Date.parse(day) + count * DAY_MS).toISOString().slice(0, 10);

/** The same day so many months later, or the last one of a month that is shorter. */
export function plusMonths(day: Day, count: number): Day {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + count, 0));
  return new Date(Date.UTC(last.getUTCFullYear(), last.getUTCMonth(), Math.min(date, last.getUTCDate()))).toISOString().slice(0, 10);
}

/** The day of the week on which weeks begin in Syria: 1 is Monday, 7 Sunday. */
export function firstWeekday(): number {
  const syria: Partial<Intl.Locale> = new Intl.Locale('ar-SY');
  return syria.getWeekInfo?.().firstDay ?? SATURDAY;
}

/** The first day of the week in which a day lies. */
export function weekStart(day: Day, first: number): Day {
  const weekday = new Date(day).getUTCDay();
  return plusDays(day, -((weekday - first + 7) % 7));
}

/** The weeks that a month touches, each by its seven days. */
export function weeksOf(day: Day, first: number): Day[][] {
  const month = day.slice(0, 7);
  const weeks: Day[][] = [];
  for (let start = weekStart(`${month}-01`, first); start.slice(0, 7) <= month; start = plusDays(start, 7)) {
    weeks.push(Array.from({ length: 7 }, (_, at) => plusDays(start, at)));
  }
  return weeks;
}

/** The day that an address names, if it is one. */
export function readDay(text: string | null): Day | null {
  if (!text || !/^\d{4}-\d\d-\d\d$/.test(text) || Number.isNaN(Date.parse(text))) return null;
  return new Date(text).toISOString().slice(0, 10);
}

/** Where a key leads from a day of a month; null if nowhere. The arrows follow the direction of reading. */
export function dayAfterKey(key: string, day: Day, first: number, dir: 'rtl' | 'ltr'): Day | null {
  const forth = dir === 'rtl' ? -1 : 1;
  switch (key) {
    case 'ArrowRight':
      return plusDays(day, forth);
    case 'ArrowLeft':
      return plusDays(day, -forth);
    case 'ArrowDown':
      return plusDays(day, 7);
    case 'ArrowUp':
      return plusDays(day, -7);
    case 'Home':
      return weekStart(day, first);
    case 'End':
      return plusDays(weekStart(day, first), 6);
    case 'PageDown':
      return plusMonths(day, 1);
    case 'PageUp':
      return plusMonths(day, -1);
    case 't':
    case 'T':
      return today();
    default:
      return null;
  }
}
