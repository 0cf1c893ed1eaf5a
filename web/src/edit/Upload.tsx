import { Paperclip } from 'lucide-react';
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWording } from '../graph/useChange';
import { Refusals } from '../look/Refusals';
import { useFormat } from '../shell/format';
import type { Choosable } from './Picker';
import { KEPT_TYPES, storeFile } from './storeFile';

/** A file to keep with the record: chosen, stored at once with a bar that shows how far it is and a way to stop, and linked when the form is saved. */
export function Upload(props: { label: string; name: string; onStored: (file: Choosable | null) => void }): ReactNode {
  const { t } = useTranslation('edit');
  const id = useId();
  const wording = useWording();
  const format = useFormat();
  const [share, setShare] = useState(0);
  const stop = useRef<AbortController>(null);
  const store = useMutation({
    mutationFn: (file: File) => {
      setShare(0);
      stop.current = new AbortController();
      return storeFile(file, setShare, stop.current.signal);
    },
    onSuccess: (file) => props.onStored({ id: file.id, code: file.mediaType, label: file.name }),
  });
  const wasStopped = stop.current?.signal.aborted ?? false;
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
      <label className="look-button edit-choose" htmlFor={`${id}file`}>
        <Paperclip aria-hidden className="icon" /> {t(props.label ? 'chooseOther' : 'chooseFile')}
      </label>
      <input
        id={`${id}file`}
        className="hidden"
        type="file"
        accept={KEPT_TYPES}
        aria-label={props.name}
        aria-describedby={`${id}how`}
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file) store.mutate(file);
        }}
      />
      <p id={`${id}how`} role="status">
        {store.isPending ? t('storing', { share: format.percent(share) }) : wasStopped ? t('stopped') : t('kept types')}
      </p>
      {store.isPending && (
        <p>
          <progress className="look-bar" aria-label={t('storing', { share: '' })} max={1} value={share} />
          <button type="button" className="look-button" onClick={() => stop.current?.abort()}>
            {t('stop')}
          </button>
        </p>
      )}
      <Refusals lines={store.error && !wasStopped ? [wording.failed(store.error)] : []} />
    </div>
  );
}
