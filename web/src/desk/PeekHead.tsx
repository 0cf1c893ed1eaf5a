import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** The head of what stands beside a list: what it is, and a way to close it. */
export function PeekHead(props: { children: ReactNode; onClose: () => void }): ReactNode {
  const { t } = useTranslation('desk');
  return (
    <header className="desk-peek-head">
      <span>{props.children}</span>
      <button type="button" className="desk-close" onClick={props.onClose} aria-label={t('close')}>
        <X aria-hidden className="icon" />
      </button>
    </header>
  );
}
