import { Pencil } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type RecordType, formOf } from '../edit/kinds';
import { writes } from '../edit/rights';
import { To } from '../shell/To';
import { useWho } from '../sign/session';
import { WayIn } from './WayIn';
import { decidesAbout, useStanding } from './archive';

/** What can be done with a record by those who write or decide: the way to its form, and into the archive. */
export default function RecordTools(props: { kind: RecordType; id: string }): ReactNode {
  const { t } = useTranslation('record');
  const { data: who } = useWho();
  const { kind, id } = props;
  const record = useStanding(id);
  if (record?.state === 'ARCHIVED') return null;
  return (
    <>
      {writes(kind, who) && (
        <To to={formOf(kind, id)} className="look-button">
          <Pencil aria-hidden size={15} /> {t('edit')}
        </To>
      )}
      {record && decidesAbout(record, who) && <WayIn record={record} />}
    </>
  );
}
