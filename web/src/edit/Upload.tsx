import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useWording } from '../graph/useChange';
import { Refusals } from '../look/Refusals';
import type { Choosable } from './Picker';
import { storeFile } from './storeFile';

/** A file to keep with the record: chosen, stored at once, and linked when the form is saved. */
export function Upload(props: { label: string; name: string; onStored: (file: Choosable | null) => void }): ReactNode {
  const { t } = useTranslation('edit');
  const id = useId();
  const wording = useWording();
  const store = useMutation({ mutationFn: storeFile, onSuccess: (file) => props.onStored({ id: file.id, code: file.mediaType, label: file.name }) });
  return (
    <div className="edit-upload">
      {props.label && (
        <p>
          <bdi>{props.label}</bdi>
          <button type="button" className="look-button" onClick={() => props.onStored(null)}>
            {t('remove')}
          </button>
        </p>
      )}
      <input
        type="file"
        aria-label={props.name}
        aria-describedby={`${id}how`}
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file) store.mutate(file);
        }}
      />
      <p id={`${id}how`} role="status">
        {store.isPending ? t('storing') : ''}
      </p>
      <Refusals lines={store.error ? [wording.failed(store.error)] : []} />
    </div>
  );
}
