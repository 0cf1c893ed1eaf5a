import type { Language } from '../i18n';
import { useLanguage } from './language';

/** Numbers, money and dates as the readers of a language write them. */
export interface Format {
  number(value: number | string, digits?: number): string;
  /** With just so many decimals, for columns of numbers. */
  fixed(value: number | string, digits: number): string;
  /** A year, in the reader's digits and without a mark at its thousand. */
  year(value: number | string): string;
  /** A text that the register wrote itself, in the reader's digits. Codes and what people wrote keep theirs. */
  digits(text: string): string;
  /** A share between 0 and 1. */
  percent(share: number): string;
  /** The full amount with its currency. */
  money(amount: number | string, currency: string): string;
  /** The amount with one decimal and its scale, from a million on. */
  moneyShort(amount: number | string, currency: string): string;
  /** What a currency is called, as of many. */
  currency(code: string): string;
  /** A day, from YYYY-MM-DD or a moment in RFC 3339. */
  date(iso: string): string;
  /** A moment in RFC 3339, with its time on the clock of this machine. */
  moment(iso: string): string;
  /** A month with its year, from any of its days. */
  month(iso: string): string;
  /** The name of the day of the week. */
  weekday(iso: string, width: 'long' | 'short'): string;
  /** The time of day where the reader is, of a moment in milliseconds since 1970. */
  time(moment: number): string;
  /** "in 3 days", "5 days ago". */
  days(count: number): string;
}

/** The digits that a reader chose. */
export type Digits = 'latn' | 'arab';

/** The choice of digits is kept in the browser. */
export function storedDigits(): Digits {
  return localStorage.getItem('taawun:digits') === 'arab' ? 'arab' : 'latn';
}

/** Levantine names of months come with Syria; English keeps day, month, year. */
export function makeFormat(locale: Language, digits: Digits): Format {
  const tag = locale === 'ar' ? `ar-SY-u-nu-${digits}` : 'en-GB';
  const day = new Intl.DateTimeFormat(tag, { day: 'numeric', month: locale === 'ar' ? 'long' : 'short', year: 'numeric', timeZone: 'UTC' });
  const moment = new Intl.DateTimeFormat(tag, { day: 'numeric', month: locale === 'ar' ? 'long' : 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', hour12: false });
  const month = new Intl.DateTimeFormat(tag, { month: 'long', year: 'numeric', timeZone: 'UTC' });
  const clock = new Intl.DateTimeFormat(tag, { hour: '2-digit', minute: '2-digit', hour12: false });
  const relative = new Intl.RelativeTimeFormat(tag, { numeric: 'auto' });
  // Making a format of numbers takes longer than using it a hundred times.
  const made = new Map<string, Intl.NumberFormat>();
  const numbers = (key: string, options: Intl.NumberFormatOptions): Intl.NumberFormat => {
    let format = made.get(key);
    if (!format) made.set(key, (format = new Intl.NumberFormat(tag, options)));
    return format;
  };
  return {
    number: (value, places = 0) => numbers(`number ${places}`, { maximumFractionDigits: places }).format(Number(value)),
    fixed: (value, places) => numbers(`fixed ${places}`, { minimumFractionDigits: places, maximumFractionDigits: places }).format(Number(value)),
    year: (value) => numbers('year', { useGrouping: false }).format(Number(value)),
    digits: (text) => (digits === 'arab' && locale === 'ar' ? text.replace(/\d/g, (digit) => String.fromCharCode(0x660 + Number(digit))) : text),
    percent: (share) => numbers('percent', { style: 'percent', maximumFractionDigits: 1 }).format(share),
    money: (amount, currency) => numbers(`money ${currency}`, { style: 'currency', currency, currencyDisplay: 'name', maximumFractionDigits: 2, minimumFractionDigits: 0 }).format(Number(amount)),
    moneyShort: (amount, currency) =>
      Math.abs(Number(amount)) < 1e6
        ? numbers(`whole ${currency}`, { style: 'currency', currency, currencyDisplay: 'name', maximumFractionDigits: 0 }).format(Number(amount))
        : numbers(`short ${currency}`, { style: 'currency', currency, currencyDisplay: 'name', notation: 'compact', compactDisplay: 'long', maximumFractionDigits: 1, minimumFractionDigits: 0 }).format(Number(amount)),
    currency: (code) => numbers(`name ${code}`, { style: 'currency', currency: code, currencyDisplay: 'name' }).formatToParts(100).find(({ type }) => type === 'currency')?.value ?? code,
    date: (iso) => day.format(new Date(iso.length === 10 ? `${iso}T00:00:00Z` : iso)),
    moment: (iso) => moment.format(new Date(iso)),
    month: (iso) => month.format(new Date(iso)),
    weekday: (iso, width) => new Intl.DateTimeFormat(tag, { weekday: width, timeZone: 'UTC' }).format(new Date(iso)),
    time: (moment) => clock.format(new Date(moment)),
    days: (count) => relative.format(count, 'day'),
  };
}

/** The formats that have been made: each component of a page asks for one. */
const formats = new Map<string, Format>();

/** The format of the page's language, with the reader's digits. */
export function useFormat(): Format {
  const { locale } = useLanguage();
  const digits = storedDigits();
  let format = formats.get(locale + digits);
  if (!format) formats.set(locale + digits, (format = makeFormat(locale, digits)));
  return format;
}
