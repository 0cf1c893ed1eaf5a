import { Undo2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../graph/ask';
import { useChange } from '../graph/useChange';
import { Refusals } from '../look/Refusals';
import { useDraft } from '../shell/useDraft';
import { tellDone } from '../desk/done';
import { versionOf } from '../desk/work';
import { Archive, Restore, type Standing } from './archive';

/** The way back from the archive: the record becomes a draft again. */
export function BringBack(props: { record: Standing; onTaken?: () => void }): ReactNode {
  const { t } = useTranslation('archive');
  const { record } = props;
  const draft = useDraft(`restore:${record.id}`, '');
  const reason = draft.text.trim();
  const change = useChange(async () => (await ask(Restore, { input: { id: record.id, version: record.version, ...(reason ? { reason } : {}) } })).step, {
    onTaken: (answer) => {
      draft.taken();
      const comment = record.stateComment ?? '';
      tellDone({
        name: 'restore',
        what: record.title?.text ?? record.code,
        subject: record.id,
        undo: async () => (await ask(Archive, { input: { id: record.id, version: versionOf(answer), comment, reason: comment } })).step,
      });
      props.onTaken?.();
    },
  });
  return (
    <div className="archive-form look-inputs">
      <p>{t('backMeans')}</p>
      <label>
        {t('whyBack')}
        <textarea rows={2} dir="auto" value={draft.text} onChange={(event) => draft.write(event.target.value)} />
      </label>
      <Refusals lines={change.wrong} />
      <button type="button" className="look-button look-button-main" disabled={change.isPending} onClick={() => change.send(undefined)}>
        <Undo2 aria-hidden size={15} /> {t('bringBack')}
      </button>
    </div>
  );
}
