/** Languages of partners that are offered as one types; any other is written by its tag. */
export const offered: readonly string[] = ['ar', 'en', 'fr', 'es', 'ru', 'zh', 'tr', 'ku', 'hy', 'syr', 'fa', 'de', 'it', 'pt', 'nl', 'sv', 'ja', 'ko'];

/** What a language is called in the language of a reader; null for a tag that names none. */
export function nameOf(tag: string, reader: string): string | null {
  try {
    const names = new Intl.DisplayNames(reader, { type: 'language', fallback: 'none' });
    return names.of(tag) ?? null;
  } catch {
    return null;
  }
}
