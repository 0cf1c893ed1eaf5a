import { Navigate, type RouteObject } from 'react-router';
import { storedLanguage } from '../i18n';
import { NotFoundPage } from './NotFoundPage';
import { Portal } from './Portal';

/** Every page of the app, below its language. */
export const routes: RouteObject[] = [
  { path: '/', element: <Navigate to={`/${storedLanguage()}`} replace /> },
  {
    path: '/:locale',
    children: [
      {
        element: <Portal />,
        HydrateFallback: () => null,
        children: [
          { path: '*', element: <NotFoundPage /> },
        ],
      },
    ],
  },
];
