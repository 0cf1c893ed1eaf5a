import type { ComponentType } from 'react';
import { Navigate, type RouteObject } from 'react-router';
import type { DeskPath } from '../desk/pages';
import { storedLanguage } from '../i18n';
import { BrokenPage } from './BrokenPage';
import { InLanguage } from './InLanguage';
import { NotFoundPage } from './NotFoundPage';
import { Portal } from './Portal';
import { lazyPage } from './lazyPage';

/** The pages of the desk. Which files hold them the desk alone knows: readers fetch no list of these. */
const deskPaths = [
  'review', 'drafts', 'calendar', 'terms', 'evaluations', 'translations', 'requests', 'coverage', 'glossary', 'quality', 'duplicates', 'imports', 'history', 'archive',
  'pages', 'pages/:id', 'users', 'ministry', 'languages', 'codelists', 'me', 'edit/:kind/:id',
] as const satisfies DeskPath[];

const atDesk = (path: DeskPath) => async (): Promise<{ Component: ComponentType }> => ({ Component: await (await import('../desk/pages')).deskPage(path) });

/** Every page of the app, below its language. */
export const routes: RouteObject[] = [
  { path: '/', element: <Navigate to={`/${storedLanguage()}`} replace /> },
  {
    path: '/:locale',
    element: <InLanguage />,
    errorElement: <BrokenPage />,
    HydrateFallback: () => null,
    children: [
      {
        element: <Portal />,
        children: [
          { index: true, lazy: async () => ({ Component: (await import('../home/HomePage')).default }) },
          lazyPage('pages/:slug', () => import('../page/ContentPage')),
          lazyPage('search', () => import('../explore/SearchPage')),
          lazyPage('agreements', () => import('../explore/AgreementsPage')),
          lazyPage('projects', () => import('../explore/ProjectsPage')),
          lazyPage('organizations', () => import('../explore/OrganizationsPage')),
          lazyPage('units', () => import('../explore/UnitsPage')),
          lazyPage('agreements/:id', () => import('../record/AgreementPage')),
          lazyPage('projects/:id', () => import('../record/ProjectPage')),
          lazyPage('organizations/:id', () => import('../record/OrganizationPage')),
          lazyPage('units/:id', () => import('../record/UnitPage')),
          lazyPage('funding', () => import('../funding/FundingPage')),
          lazyPage('data', () => import('../data/DataPage')),
          lazyPage('sign-in', () => import('../sign/SignInPage')),
          { path: '*', element: <NotFoundPage /> },
        ],
      },
      {
        path: 'desk',
        lazy: async () => ({ Component: (await import('../desk/DeskLayout')).default }),
        children: [
          {
            // Within the frame: the menu leads on.
            errorElement: <BrokenPage isFramed />,
            children: [
              { index: true, lazy: atDesk('') },
              ...deskPaths.map((path) => ({ path, lazy: atDesk(path) })),
            ],
          },
        ],
      },
    ],
  },
];
