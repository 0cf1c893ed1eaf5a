import { WifiOff } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, ScrollRestoration, useLocation } from 'react-router';
import { ErrorNote } from '../look/ErrorNote';
import { Loading } from '../look/Loading';
import { Content, SkipLink } from '../shell/Content';
import { Keys } from '../shell/Keys';
import { To } from '../shell/To';
import { useLanguage } from '../shell/language';
import { useWho } from '../sign/session';
import { DeskMenu } from './DeskMenu';
import { DeskTop } from './DeskTop';
import { DoneLine } from './DoneLine';
import { type MenuEntry, entryAt, opensFor } from './menu';
import { useConnection } from './useConnection';
import { useLive } from './useLive';
import './peek.css';
import './desk.css';
import './frame.css';

/** The frame of the desk: the side bar with its sections, the bar above the page, and the page. Whoever is not signed in is asked to. */
export default function DeskLayout(): ReactNode {
  const { t } = useTranslation(['desk', 'shell']);
  const { locale } = useLanguage();
  const { pathname, search } = useLocation();
  const { data: who, error, refetch } = useWho();
  const isOnline = useConnection();
  // A connection that is lost later on takes nothing away of what stands here.
  if (error && !who) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  if (!who) return <Loading />;
  if (!who.account) return <Navigate to={`/${locale}/sign-in?next=${encodeURIComponent(pathname + search)}`} replace />;
  const entry = entryAt(pathname.slice(locale.length + 1));
  return (
    <div className="desk">
      <SkipLink />
      <DeskMenu name={who.account.name} roles={who.roles} />
      <Live />
      <Keys />
      <div className="desk-page">
        <section className="desk-above" aria-label={t('above')}>
          <DeskTop isOnline={isOnline} who={who} />
          <p role="status" className="desk-offline">
            {!isOnline && (
              <>
                <WifiOff aria-hidden className="icon" /> {t('connection.offline')}
              </>
            )}
          </p>
        </section>
        {entry && !opensFor(entry, who.roles) ? <NotYours entry={entry} /> : <Content />}
        <DoneLine account={who.account.id} />
      </div>
      <ScrollRestoration />
    </div>
  );
}

/** A page that the roles of this person do not open: whose it is, or how to come by it. */
function NotYours(props: { entry: MenuEntry }): ReactNode {
  const { t } = useTranslation('desk');
  return (
    <main id="content" tabIndex={-1} className="desk-list">
      <header className="desk-head">
        <h1>{t('notYours.title')}</h1>
      </header>
      <p>{t([`notYours.of.${props.entry.name}`, 'notYours.text'])}</p>
      <p>
        <To to="/desk">{t('menu.day')}</To>
      </p>
    </main>
  );
}

/** Whoever is signed in follows what others change. */
function Live(): null {
  useLive();
  return null;
}
