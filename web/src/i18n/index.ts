import i18next, { type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import ar from './ar.json';
import en from './en.json';

/** The languages of the page itself. Texts of records come in any language. */
export const languages = ['ar', 'en'] as const;
export type Language = (typeof languages)[number];

const STORAGE_KEY = 'taawun:language';

/** The language a visitor chose; Arabic until they do. */
export function storedLanguage(): Language {
  const stored = localStorage.getItem(STORAGE_KEY);
  return languages.find((language) => language === stored) ?? 'ar';
}

/** Starts the translations and keeps language, direction and title of the document in step with them. */
export async function startI18n(): Promise<i18n> {
  const instance = i18next.createInstance();
  await instance.use(initReactI18next).init({
    resources: { ar: { translation: ar }, en: { translation: en } },
    lng: storedLanguage(),
    supportedLngs: languages,
    fallbackLng: 'en',
    // React escapes what it draws.
    interpolation: { escapeValue: false },
  });
  const apply = (language: string): void => {
    document.documentElement.lang = language;
    document.documentElement.dir = instance.dir(language);
    document.title = instance.t('title');
  };
  apply(instance.language);
  instance.on('languageChanged', (language) => {
    localStorage.setItem(STORAGE_KEY, language);
    apply(language);
  });
  return instance;
}
