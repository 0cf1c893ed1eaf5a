import { History } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useSearchParams } from 'react-router';
import { Loading } from '../look/Loading';
import { type Who, useWho } from '../sign/session';
import { To } from '../shell/To';
import { useFormat } from '../shell/format';
import { useLanguage, usePageTitle } from '../shell/language';
import { withParam } from '../shell/withParam';
import { Moment, hasPast, readMoment } from './moment';
import './past.css';

/** The page within: as of the moment that its address names, with a banner that says so and leads back to today. */
export function PastFrame(props: { children: ReactNode }): ReactNode {
  const { locale } = useLanguage();
  const { pathname } = useLocation();
  const [params] = useSearchParams();
  const moment = hasPast(pathname.slice(locale.length + 1)) ? readMoment(params.get('asOf')) : null;
  if (moment === null) return <Moment value={null}>{props.children}</Moment>;
  return <PastPage moment={moment}>{props.children}</PastPage>;
}

/** Only those who have a role read the past; to all others a link into it says so, before anything is asked. */
function PastPage(props: { moment: string; children: ReactNode }): ReactNode {
  const { data: who, isPending } = useWho();
  if (isPending) return <Loading />;
  if (who && who.roles.length === 0) return <NotForYou moment={props.moment} who={who} />;
  return (
    <Moment value={props.moment}>
      <Banner moment={props.moment} />
      {props.children}
    </Moment>
  );
}

/** The moment in words: of a day that was asked for, the day. */
function useSpoken(moment: string): string {
  const format = useFormat();
  const [params] = useSearchParams();
  return params.get('asOf')?.length === 10 ? format.date(moment.slice(0, 10)) : format.moment(moment);
}

function useToday(): () => void {
  const [, setParams] = useSearchParams();
  return () => setParams((before) => withParam(before, 'asOf', null));
}

/** Why the past is not to be seen, and the two ways on: the record of today, and the sign-in. */
function NotForYou(props: { moment: string; who: Who }): ReactNode {
  const { t } = useTranslation('shell');
  const spoken = useSpoken(props.moment);
  const { pathname, search } = useLocation();
  const today = useToday();
  usePageTitle(t('past.closed.title'));
  return (
    <main id="content" tabIndex={-1} className="shell-plain">
      <History aria-hidden className="past-sign" />
      <h1>{t('past.closed.title')}</h1>
      <p>{t('past.closed.text', { moment: spoken })}</p>
      <p>{t(props.who.account ? 'past.closed.roles' : 'past.closed.why')}</p>
      <p className="past-ways">
        <button type="button" className="look-button look-button-main" onClick={today}>
          {t('past.closed.today')}
        </button>
        {!props.who.account && (
          <To to={`/sign-in?next=${encodeURIComponent(pathname + search)}`} className="look-button">
            {t('past.closed.signIn')}
          </To>
        )}
      </p>
    </main>
  );
}

function Banner(props: { moment: string }): ReactNode {
  const { t } = useTranslation('shell');
  const spoken = useSpoken(props.moment);
  const [, setParams] = useSearchParams();
  const today = useToday();
  return (
    <section className="past look-inputs" aria-label={t('past.label')}>
      <History aria-hidden className="icon" />
      <strong>{t('past.says', { moment: spoken })}</strong>
      <label>
        {t('past.other')}{' '}
        <input type="date" value={props.moment.slice(0, 10)} onChange={(event) => event.target.value && setParams((before) => withParam(before, 'asOf', event.target.value))} />
      </label>
      <button type="button" className="look-button look-button-main" onClick={today}>
        {t('past.today')}
      </button>
    </section>
  );
}
