import '../look/fonts.css';
import '../look/tokens.css';
import '../look/base.css';
import '../look/parts.css';
import './shell.css';
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import { I18nextProvider } from 'react-i18next';
import { RouterProvider, createBrowserRouter } from 'react-router';
import { GraphError } from '../graph/ask';
import { languages, startTexts, storedLanguage } from '../i18n';
import { applyTheme, lightOnPaper, preferredTheme } from '../look/theme';
import { WHO } from '../sign/session';
import { routes } from './routes';

applyTheme(preferredTheme());
lightOnPaper();
const language = languages.find((l) => location.pathname.split('/')[1] === l) ?? storedLanguage();
const texts = await startTexts(language, 'shell');
document.documentElement.lang = language;
document.documentElement.dir = texts.dir(language);
// Whoever is refused as a stranger was signed in until now: who they are is asked anew, and the desk leads to the sign-in.
const askWho = (error: unknown): void => {
  if (error instanceof GraphError && error.code === 'UNAUTHENTICATED') void client.invalidateQueries({ queryKey: WHO });
};
const client: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: askWho }),
  mutationCache: new MutationCache({ onError: askWho }),
  defaultOptions: {
    // What the server refused it refuses again; only a lost connection is worth another try.
    queries: { staleTime: 30_000, retry: (count, error) => count < 2 && !(error instanceof GraphError) },
    // A change that cannot be sent fails at once: who made it must know that it is not kept yet.
    mutations: { networkMode: 'always' },
  },
});
const page = document.getElementById('page');
if (!page) throw new Error('the page has no place to draw itself in');
createRoot(page).render(
  <I18nextProvider i18n={texts}>
    <QueryClientProvider client={client}>
      <RouterProvider router={createBrowserRouter(routes)} />
    </QueryClientProvider>
  </I18nextProvider>,
);
