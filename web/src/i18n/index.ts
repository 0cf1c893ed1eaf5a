import i18next, { type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';

/** The languages of the page itself. Texts of records come in any language. */
export const languages = ['ar', 'en'] as const;
export type Language = (typeof languages)[number];

type Texts = Record<string, unknown>;

const STORAGE_KEY = 'taawun:language';

// Each folder of pages brings its own texts, one file a language, fetched when the first of its pages is opened.
const files = import.meta.glob<{ default: Texts }>('/src/*/texts.*.json');

/** The language a visitor chose; Arabic until they do. */
export function storedLanguage(): Language {
  const stored = localStorage.getItem(STORAGE_KEY);
  return languages.find((language) => language === stored) ?? 'ar';
}

/** Remembers the choice of a visitor. */
export function storeLanguage(language: Language): void {
  localStorage.setItem(STORAGE_KEY, language);
}

/** Starts the texts of a page in one language; a namespace is the name of a folder, and the folder named here is read at once. */
export async function startTexts(language: Language, folder: string): Promise<i18n> {
  const instance = i18next.createInstance();
  await instance
    .use({
      type: 'backend',
      read(wanted: string, namespace: string, done: (error: unknown, texts: Texts | null) => void): void {
        const load = files[`/src/${namespace}/texts.${wanted}.json`];
        if (!load) return done(new Error(`no texts of ${namespace} in ${wanted}`), null);
        load().then(
          (file) => done(null, file.default),
          (error: unknown) => done(error, null),
        );
      },
    })
    .use(initReactI18next)
    .init({
      lng: language,
      supportedLngs: languages,
      fallbackLng: false,
      ns: [folder],
      defaultNS: folder,
      // React escapes what it draws.
      interpolation: { escapeValue: false },
    });
  return instance;
}
