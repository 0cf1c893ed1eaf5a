import { History } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useSearchParams } from 'react-router';
import { useFormat } from '../shell/format';
import { useLanguage } from '../shell/language';
import { withParam } from '../shell/withParam';
import { Moment, hasPast, readMoment } from './moment';
import './past.css';

/** The page within: as of the moment that its address names, with a banner that says so and leads back to today. */
export function PastFrame(props: { children: ReactNode }): ReactNode {
  const { locale } = useLanguage();
  const { pathname } = useLocation();
  const [params] = useSearchParams();
  const moment = hasPast(pathname.slice(locale.length + 1)) ? readMoment(params.get('asOf')) : null;
  return (
    <Moment value={moment}>
      {moment && <Banner moment={moment} />}
      {props.children}
    </Moment>
  );
}

function Banner(props: { moment: string }): ReactNode {
  const { t } = useTranslation('shell');
  const format = useFormat();
  const [, setParams] = useSearchParams();
  const go = (to: string | null): void => setParams((before) => withParam(before, 'asOf', to));
  return (
    <section className="past look-inputs" aria-label={t('past.label')}>
      <History aria-hidden className="icon" />
      <strong>{t('past.says', { moment: format.moment(props.moment) })}</strong>
      <label>
        {t('past.other')}{' '}
        <input type="date" value={props.moment.slice(0, 10)} onChange={(event) => event.target.value && go(event.target.value)} />
      </label>
      <button type="button" className="look-button look-button-main" onClick={() => go(null)}>
        {t('past.today')}
      </button>
    </section>
  );
}
