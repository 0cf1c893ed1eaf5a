import i18next, { type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { type Language, languages } from '../i18n';

type Texts = Record<string, unknown>;

// Each folder of pages brings its own texts, one file a language, fetched when the first of its pages is opened.
const files = import.meta.glob<{ default: Texts }>('/src/*/texts.*.json');

/** Starts the texts of the pages in one language; a namespace is the name of a folder. */
export async function startTexts(language: Language): Promise<i18n> {
  const instance = i18next.createInstance();
  await instance
    .use({
      type: 'backend',
      read(wanted: string, folder: string, done: (error: unknown, texts: Texts | null) => void): void {
        const load = files[`/src/${folder}/texts.${wanted}.json`];
        if (!load) return done(new Error(`no texts of ${folder} in ${wanted}`), null);
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
      ns: ['shell'],
      defaultNS: 'shell',
      // React escapes what it draws.
      interpolation: { escapeValue: false },
    });
  return instance;
}
