import { type ReactNode, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Outlet } from 'react-router';
import { Loading } from '../look/Loading';

const PLACE = 'content';

/** The first link of a page: past menu and tools, to what it is about. */
export function SkipLink(): ReactNode {
  const { t } = useTranslation('shell');
  return (
    <a className="skip" href={`#${PLACE}`}>
      {t('skip')}
    </a>
  );
}

/** The page itself, within its frame. */
export function Content(): ReactNode {
  return (
    <main id={PLACE} tabIndex={-1}>
      <Suspense fallback={<Loading />}>
        <Outlet />
      </Suspense>
    </main>
  );
}
