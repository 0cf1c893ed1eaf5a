import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { talk } from '../graph/talk';
import { Badge } from '../look/Badge';
import { ErrorNote } from '../look/ErrorNote';
import { Loading } from '../look/Loading';
import { Refusals } from '../look/Refusals';
import { useFormat } from '../shell/format';
import { browserOf } from './browserOf';
import { useAct } from './useAct';

/** A browser in which one is signed in. */
interface Session {
  id: string;
  createdAt: string;
  lastSeenAt: string;
  expiresAt: string;
  userAgent?: string;
  address?: string;
  isCurrent: boolean;
}

/** Where one is signed in, and out of it. */
export function Sessions(): ReactNode {
  const { t } = useTranslation('me');
  const format = useFormat();
  const sessions = useQuery({ queryKey: ['sessions'], queryFn: ({ signal }) => talk<{ sessions: Session[] }>('/auth/sessions', { signal }) });
  const end = useAct<{ id: string }, object>('/auth/sessions/end');
  const out = useAct<object, object>('/auth/sign-out-everywhere');
  if (sessions.error) return <ErrorNote error={sessions.error} onRetry={() => void sessions.refetch()} />;
  if (!sessions.data) return <Loading />;
  return (
    <>
      <ul className="users-tokens">
        {sessions.data.sessions.map((session) => (
          <li key={session.id}>
            <b>
              <bdi>{browserOf(session.userAgent) ?? t('unknownBrowser')}</bdi>
            </b>
            {session.isCurrent && <Badge state="done">{t('thisOne')}</Badge>}
            <span>
              {t('since', { moment: format.moment(session.createdAt) })} · {t('lastSeen', { moment: format.moment(session.lastSeenAt) })}
              {session.address && (
                <>
                  {' '}
                  · <bdi dir="ltr">{session.address}</bdi>
                </>
              )}
            </span>
            {!session.isCurrent && (
              <button type="button" className="look-button" disabled={end.isPending} onClick={() => end.send({ id: session.id })}>
                {t('endSession')}
              </button>
            )}
          </li>
        ))}
      </ul>
      <Refusals lines={[...end.wrong, ...out.wrong]} />
      <div className="desk-acts">
        <button type="button" className="look-button" disabled={out.isPending} onClick={() => out.send({})}>
          {t('endAll')}
        </button>
      </div>
    </>
  );
}
