import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { usePageTitle } from '../shell/language';
import { useWho } from '../sign/session';
import EditPage from './EditPage';
import { kindOf, recordTypes } from './kinds';
import { writes } from './rights';

/** The form of a record for those who write records of its type; to others a word that it is not for them. */
export default function EditGate(): ReactNode {
  const { kind, id } = useParams();
  const { data: who } = useWho();
  const type = recordTypes.find((one) => kindOf(one) === kind);
  // Partners propose changes of the projects that they take part in.
  const proposes = type === 'Project' && id !== 'new' && who?.roles.includes('PARTNER');
  return type && !writes(type, who) && !proposes ? <Closed /> : <EditPage />;
}

function Closed(): ReactNode {
  const { t } = useTranslation('desk');
  usePageTitle(t('notYours.title'));
  return (
    <div className="shell-plain">
      <h1>{t('notYours.title')}</h1>
      <p>{t('notYours.text')}</p>
    </div>
  );
}
