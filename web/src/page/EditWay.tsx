import { Pencil } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formOf } from '../edit/kinds';
import type { RecordState } from '../gql/graphql';
import { Badge } from '../look/Badge';
import { badges } from '../look/states';
import { useNames } from '../look/useNames';
import { To } from '../shell/To';

/** The way from a page to its form, and where it stands while readers do not see it. */
export default function EditWay(props: { page: { id: string; state: RecordState } }): ReactNode {
  const { t } = useTranslation('pages');
  const names = useNames();
  const { page } = props;
  return (
    <p className="page-edit">
      <To to={formOf('Page', page.id)} className="look-button">
        <Pencil aria-hidden size={15} /> {t('edit')}
      </To>
      {page.state !== 'PUBLISHED' && (
        <>
          <Badge state={badges[page.state]}>{names('RecordState', page.state)}</Badge> {t('notSeen')}
        </>
      )}
    </p>
  );
}
