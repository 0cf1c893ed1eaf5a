import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Badge } from '../look/Badge';
import { badges } from '../look/states';
import { useNames } from '../look/useNames';
import { To } from '../shell/To';
import { useWho } from '../sign/session';
import { BringBack } from './BringBack';
import { decidesAbout, useStanding } from './archive';
import './archive.css';

/** That readers do not see a record, why, and the way back for those who decide about it; nothing of a published one. */
export default function Unseen(props: { id: string }): ReactNode {
  const { t } = useTranslation('archive');
  const names = useNames();
  const { data: who } = useWho();
  const record = useStanding(props.id);
  if (!record || record.state === 'PUBLISHED') return null;
  const isArchived = record.state === 'ARCHIVED';
  return (
    <section className="archive-unseen" aria-label={t('standing')}>
      <p>
        <Badge state={badges[record.state]}>{names('RecordState', record.state)}</Badge> {t(isArchived ? 'unseen.ARCHIVED' : 'unseen.other')}{' '}
        {!isArchived && <To to={`/desk/${record.state === 'SUBMITTED' ? 'review' : 'drafts'}?item=${record.id}`}>{t('toPiece')}</To>}
      </p>
      {record.stateComment && (
        <blockquote dir="auto">
          <bdi>{record.stateComment}</bdi>
        </blockquote>
      )}
      {isArchived && 'mergedInto' in record && record.mergedInto ? (
        <p>
          {t('merged')} <To to={`/organizations/${record.mergedInto.id}`}>{t('toMerged')}</To>
        </p>
      ) : (
        isArchived && decidesAbout(record, who) && <BringBack record={record} />
      )}
    </section>
  );
}
