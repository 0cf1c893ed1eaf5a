import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** A page of which a part never came: it says so, and offers to load it again. */
export function BrokenPage(props: { /** Stands within the frame of other pages. */ isFramed?: boolean }): ReactNode {
  const { t } = useTranslation('shell');
  const Part = props.isFramed ? 'section' : 'main';
  return (
    <Part className="shell-plain" role="alert">
      <h1>{t('broken.title')}</h1>
      <p>{t('broken.text')}</p>
      <button type="button" className="look-button look-button-main" onClick={() => location.reload()}>
        {t('broken.again')}
      </button>
    </Part>
  );
}
