const ZERO = { arabic: 0x0660, persian: 0x06f0 };

/** Digits of either Arabic system as 0 to 9. */
export const plainDigits = (text: string): string =>
  text.replace(/[٠-٩۰-۹]/g, (digit) => {
    const code = digit.charCodeAt(0);
    return String(code - (code >= ZERO.persian ? ZERO.persian : ZERO.arabic));
  });

/** A number as people write it, with the digits and separators of either language, as the contract wants it; what is no number stays as it was written. */
export function readNumber(text: string): string {
  // Signs that only turn the direction of writing, and spaces that part thousands.
  const bare = plainDigits(text).replace(/[\u200e\u200f\u061c\u2066-\u2069]/g, '').replace(/[٬،]/g, ',').replace(/٫/g, '.').trim();
  const joined = bare.replace(/(\d)[\s\u00a0\u202f'’](?=\d{3}(?:\D|$))/g, '$1');
  return /^-?\d+(,\d{3})+(\.\d*)?$/.test(joined) ? joined.replace(/,/g, '') : joined;
}

/** A day as YYYY-MM-DD, from how people write it: 2026-03-14, 14/3/2026, ١٤/٣/٢٠٢٦; null where it is none. */
export function readDate(text: string): string | null {
  const plain = plainDigits(text).replace(/[\u200e\u200f\u061c\u2066-\u2069]/g, '').trim();
  const [, year, month, day] = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(plain) ?? [];
  const [, day2, month2, year2] = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/.exec(plain) ?? [];
  const parts = [year ?? year2, month ?? month2, day ?? day2];
  if (parts.some((part) => part === undefined)) return null;
  const iso = parts.map((part) => (part ?? '').padStart(2, '0')).join('-');
  const read = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(iso) ? iso : null;
}

/** A day from YYYY-MM-DD as people write it here, 14/03/2026; anything else as it is. */
export const dayFirst = (day: string): string => day.replace(/^(\d{4})-(\d{2})-(\d{2})$/, '$3/$2/$1');
