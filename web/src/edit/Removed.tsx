import { Undo2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** A part that was taken out, until it is saved. */
export function Removed(props: { brief: string; onPutBack: () => void }): ReactNode {
  const { t } = useTranslation('edit');
  return (
    <p className="edit-removed">
      <s dir="auto">{props.brief}</s>
      <button type="button" className="look-button" onClick={props.onPutBack}>
        <Undo2 aria-hidden className="icon" /> {t('put back')}
      </button>
    </p>
  );
}
