import '../look/fonts.css';
import '../look/tokens.css';
import '../look/base.css';
import '@graphiql/react/style.css';
import '@graphiql/plugin-doc-explorer/style.css';
import '@graphiql/plugin-explorer/style.css';
import '@graphiql/plugin-history/style.css';
import './style/graphiql.css';
import './style/brand.css';
import './style/desk.css';
import './style/panes.css';
import './style/table.css';
import './style/narrow.css';
import { createRoot } from 'react-dom/client';
import { I18nextProvider } from 'react-i18next';
import { languages, startTexts, storeLanguage, storedLanguage } from '../i18n';
import { applyTheme, preferredTheme } from '../look/theme';
import { Playground } from './Playground';
import { provideWorkers } from './workers';

provideWorkers();
const theme = preferredTheme();
applyTheme(theme);
const i18n = await startTexts(storedLanguage(), 'playground');
const show = (language: string): void => {
  document.documentElement.lang = language;
  document.documentElement.dir = i18n.dir(language);
  document.title = i18n.t('title');
};
show(i18n.language);
i18n.on('languageChanged', (language) => {
  const known = languages.find((l) => l === language);
  if (known) storeLanguage(known);
  show(language);
});
const page = document.getElementById('page');
if (!page) throw new Error('the page has no place to draw itself in');
createRoot(page).render(
  <I18nextProvider i18n={i18n}>
    <Playground initialTheme={theme} />
  </I18nextProvider>,
);
