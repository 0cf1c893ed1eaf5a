import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { To } from '../shell/To';
import { useFormat } from '../shell/format';

/** Rows of my day that belong together, with how many there are and the page that has them all. */
export function DayGroup(props: { name: string; count: number; isCut?: boolean; to?: { page: string; name: string }; children: ReactNode }): ReactNode {
  const { t } = useTranslation('desk');
  const format = useFormat();
  const { name, to } = props;
  return (
    <section id={name} className="desk-group" aria-labelledby={`desk-${name}`}>
      <header>
        <h2 id={`desk-${name}`}>
          {t(`day.${name}`)}{' '}
          <span>
            {format.number(props.count)}
            {props.isCut && '+'}
          </span>
        </h2>
        {to && <To to={to.page}>{t(to.name)}</To>}
      </header>
      <ul>{props.children}</ul>
    </section>
  );
}
