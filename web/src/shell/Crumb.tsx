import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { To } from './To';

/** Where a page lies: from the first page down to itself. */
export function Crumb(props: { children: ReactNode }): ReactNode {
  const { t } = useTranslation('shell');
  return (
    <nav className="look-crumb" aria-label={t('crumb.label')}>
      <To to="/">{t('crumb.home')}</To> / {props.children}
    </nav>
  );
}
