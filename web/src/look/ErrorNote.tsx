import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { GraphError } from '../graph/ask';

/** What failed, what to do, and the id under which the server's log tells more. */
export function ErrorNote(props: { error: unknown; onRetry?: () => void }): ReactNode {
  const { t, i18n } = useTranslation('shell');
  const refused = props.error instanceof GraphError ? props.error : null;
  return (
    <div className="look-error" role="alert">
      <strong>{t('error.title')}</strong>
      <p>{refused ? refused.text(i18n.language) : t('error.connection')}</p>
      {refused?.requestId && (
        <p>
          {t('error.request')} <bdi dir="ltr">{refused.requestId}</bdi>
        </p>
      )}
      {props.onRetry && (
        <button type="button" className="look-button" onClick={props.onRetry}>
          {t('error.retry')}
        </button>
      )}
    </div>
  );
}
