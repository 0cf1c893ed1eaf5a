/** The width of a name in pixels, about: Arabic joins its letters and runs shorter. */
export const widthOf = (text: string): number => text.length * (/[\u0600-\u06ff]/.test(text) ? 6.1 : 6.9);

/** How far two names begin alike. */
function alike(one: string, other: string): number {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at++;
  return at;
}

/** So much of where names differ tells them apart. */
const TELLING = 4;

/** Names cut to a width, in their order. Where several begin alike and a cut would hide how they differ, what comes after that stays. */
export function cutNames(names: readonly string[], width: number): string[] {
  return names.map((name) => {
    const room = Math.max(6, Math.floor((name.length * width) / Math.max(width, widthOf(name))));
    if (room >= name.length) return name;
    const shared = Math.max(0, ...names.map((other) => (other === name ? 0 : alike(name, other))));
    if (shared < TELLING || shared + TELLING < room) return `${name.slice(0, room - 1).trimEnd()}…`;
    const end = name.slice(shared).trimStart().slice(-Math.floor(room / 2));
    return `${name.slice(0, room - 1 - end.length).trimEnd()}…${end}`;
  });
}
