import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { To } from './To';
import { usePageTitle } from './language';

/** Nothing is at this address. */
export function NotFoundPage(): ReactNode {
  const { t } = useTranslation('shell');
  usePageTitle(t('notFound.title'));
  return (
    <article className="shell-plain">
      <h1>{t('notFound.title')}</h1>
      <p>{t('notFound.text')}</p>
      <p>
        <To to="/">{t('notFound.home')}</To>
      </p>
    </article>
  );
}
