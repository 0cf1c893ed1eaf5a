import { Archive as Box } from 'lucide-react';
import { type FormEvent, type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../graph/ask';
import { useChange } from '../graph/useChange';
import { Refusals } from '../look/Refusals';
import { To } from '../shell/To';
import { useFormat } from '../shell/format';
import { useDraft } from '../shell/useDraft';
import { tellDone } from '../desk/done';
import { versionOf } from '../desk/work';
import { Archive, Restore, type Standing } from './archive';

/** Takes a record from its readers: what that means is said first, and why is asked. */
export function Withdraw(props: { record: Standing; onTaken?: () => void }): ReactNode {
  const { t } = useTranslation('archive');
  const format = useFormat();
  const { record } = props;
  const field = useRef<HTMLTextAreaElement>(null);
  const draft = useDraft(`archive:${record.id}`, '');
  const reason = draft.text.trim();
  // Kept at the record for those who work here, and in the history.
  const change = useChange(async () => (await ask(Archive, { input: { id: record.id, version: record.version, comment: reason, reason } })).step, {
    onTaken: (answer) => {
      draft.taken();
      // From the archive a record comes back as a draft: to one that readers saw, or that waited for a decision, that is not what it was.
      tellDone({
        name: record.state === 'PUBLISHED' ? 'archivePublished' : 'archive',
        what: record.title?.text ?? record.code,
        subject: record.id,
        ...(record.state === 'DRAFT' && { undo: async () => (await ask(Restore, { input: { id: record.id, version: versionOf(answer) } })).step }),
      });
      props.onTaken?.();
    },
    onRefused: () => field.current?.focus(),
  });
  const [waiting] = record.pendingChanges.nodes;
  const linked = 'linked' in record ? record.linked.totalCount : 0;
  const agreements = 'agreements' in record ? record.agreements.totalCount : 0;
  const duties = 'duties' in record ? record.duties.totalCount : 0;
  const counted = (name: string, count: number): ReactNode => count > 0 && <li>{t(name, { count, shown: format.number(count) })}</li>;
  const send = (event: FormEvent): void => {
    event.preventDefault();
    change.send(undefined);
  };
  return (
    <form className="archive-form look-inputs" onSubmit={send}>
      <h2>{t('withdraw')}</h2>
      <ul>
        <li>{t(record.state === 'PUBLISHED' ? 'means.readers' : 'means.draft')}</li>
        {counted(record.__typename === 'Project' ? 'means.agreements' : 'means.projects', linked)}
        {counted('means.agreements', agreements)}
        {counted('means.duties', duties)}
        <li>{t('means.kept')}</li>
        <li>{t('means.back')}</li>
      </ul>
      {waiting ? (
        <p className="archive-waits">
          {t('waits')} <To to={`/desk/${waiting.state === 'SUBMITTED' ? 'review' : 'drafts'}?item=${waiting.id}`}>{t('toChange')}</To>
        </p>
      ) : (
        <>
          <label>
            {t('why')}
            <textarea ref={field} rows={3} dir="auto" required value={draft.text} onChange={(event) => draft.write(event.target.value)} />
          </label>
          <Refusals lines={change.wrong} />
          <button type="submit" className="look-button look-button-main" disabled={change.isPending || reason === ''}>
            <Box aria-hidden size={15} /> {t('do')}
          </button>
        </>
      )}
    </form>
  );
}
