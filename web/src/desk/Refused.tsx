import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { To } from '../shell/To';

/** A page that one may not use: whose it is, and a way back. */
export function Refused(props: { title: string; children: ReactNode }): ReactNode {
  const { t } = useTranslation('desk');
  return (
    <div className="desk-list">
      <header className="desk-head">
        <h1>{props.title}</h1>
      </header>
      <p>{props.children}</p>
      <To to="/desk">{t('menu.day')}</To>
    </div>
  );
}
