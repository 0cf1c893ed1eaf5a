import { Navigate, type RouteObject } from 'react-router';
import { storedLanguage } from '../i18n';
import { BrokenPage } from './BrokenPage';
import { InLanguage } from './InLanguage';
import { NotFoundPage } from './NotFoundPage';
import { Portal } from './Portal';
import { lazyPage } from './lazyPage';

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
              { index: true, lazy: async () => ({ Component: (await import('../desk/DayPage')).default }) },
              { path: 'review', lazy: async () => ({ Component: (await import('../desk/WorkPage')).ReviewPage }) },
              lazyPage('calendar', () => import('../calendar/CalendarPage')),
              lazyPage('terms', () => import('../calendar/TermsPage')),
              lazyPage('duplicates', () => import('../duplicates/DuplicatesPage')),
              lazyPage('evaluations', () => import('../evaluations/EvaluationsPage')),
              lazyPage('quality', () => import('../quality/QualityPage')),
              lazyPage('history', () => import('../history/HistoryPage')),
              lazyPage('translations', () => import('../translate/TranslationsPage')),
              lazyPage('coverage', () => import('../translate/CoveragePage')),
              lazyPage('users', () => import('../users/UsersPage')),
              lazyPage('glossary', () => import('../glossary/GlossaryPage')),
              lazyPage('requests', () => import('../requests/RequestsPage')),
              lazyPage('codelists', () => import('../codelists/CodeListsPage')),
              lazyPage('imports', () => import('../imports/ImportsPage')),
              lazyPage('archive', () => import('../archive/ArchivePage')),
              lazyPage('pages', () => import('../pages/PagesPage')),
              lazyPage('pages/:id', () => import('../pages/PageEditor')),
              lazyPage('me', () => import('../me/MePage')),
              lazyPage('edit/:kind/:id', () => import('../edit/EditPage')),
              { path: 'drafts', lazy: async () => ({ Component: (await import('../desk/WorkPage')).DraftsPage }) },
            ],
          },
        ],
      },
    ],
  },
];
