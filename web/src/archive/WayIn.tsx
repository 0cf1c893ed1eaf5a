import { Archive as Box } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useWho } from '../sign/session';
import { Withdraw } from './Withdraw';
import { type Standing, decidesAbout, useStanding } from './archive';
import './archive.css';

/** The way into the archive: a pane that opens where the record is read. */
export function WayIn(props: { record: Standing; onTaken?: () => void }): ReactNode {
  const { t } = useTranslation('archive');
  return (
    <details className="archive-way">
      <summary className="look-button">
        <Box aria-hidden size={15} /> {t('open')}
      </summary>
      <Withdraw {...props} />
    </details>
  );
}

/** The same for those who may, of a record that is known by its id alone. There is no other way out of the drafts for what nobody will publish. */
export function WayInOf(props: { id: string; onTaken?: () => void }): ReactNode {
  const { data: who } = useWho();
  const { id, ...rest } = props;
  const record = useStanding(id);
  return record && record.state !== 'ARCHIVED' && decidesAbout(record, who) && <WayIn record={record} {...rest} />;
}
