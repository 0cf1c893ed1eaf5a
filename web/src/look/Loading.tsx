import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** Something is on its way; shown only after a moment, so that fast answers do not flicker. */
export function Loading(): ReactNode {
  const { t } = useTranslation('shell');
  return (
    <p className="look-loading" role="status">
      {t('loading')}
    </p>
  );
}
