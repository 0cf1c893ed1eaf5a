import { X } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { DatesBehind } from './DatesBehind';
import { IndicatorsBehind } from './IndicatorsBehind';
import { UnitsBehind } from './UnitsBehind';
import { type Behind, behindName, withBehind } from './behind';

/** The list that stands behind a figure, in place. */
export function BehindList(props: { id: string; behind: Behind }): ReactNode {
  const { t } = useTranslation('agreement');
  const [params] = useSearchParams();
  const { id, behind } = props;
  const head = useRef<HTMLHeadingElement>(null);
  const name = behindName(behind);
  // Whoever asked for a list goes on at its head, with the keyboard and in what is read out.
  useEffect(() => head.current?.focus(), [name]);
  return (
    <section className="agreement-behind" aria-labelledby="behind">
      <header>
        <h3 id="behind" ref={head} tabIndex={-1}>
          {t(`behind.${behind.list}.${behind.which}`)}
          {behind.year !== null && ` (${behind.year})`}
        </h3>
        <Link className="look-button" to={{ search: withBehind(params, null) }} preventScrollReset>
          <X aria-hidden size={16} /> {t('behind.close')}
        </Link>
      </header>
      {behind.list === 'units' && <UnitsBehind id={id} level={behind.which === 'all' ? null : Number(behind.which)} />}
      {behind.list === 'indicators' && <IndicatorsBehind key={name} id={id} which={behind.which} year={behind.year} />}
      {behind.list === 'obligations' && <DatesBehind id={id} which={behind.which} year={behind.year} />}
    </section>
  );
}
