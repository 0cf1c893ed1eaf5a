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
import { startI18n } from '../i18n';
import { Playground } from './Playground';
import { applyTheme, preferredTheme } from './theme';
import { provideWorkers } from './workers';

provideWorkers();
const theme = preferredTheme();
applyTheme(theme);
const i18n = await startI18n();
const page = document.getElementById('page');
if (!page) throw new Error('the page has no place to draw itself in');
createRoot(page).render(
  <I18nextProvider i18n={i18n}>
    <Playground initialTheme={theme} />
  </I18nextProvider>,
);
