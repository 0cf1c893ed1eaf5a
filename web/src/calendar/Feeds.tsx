import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../gql';
import { ask } from '../graph/ask';
import { useChange } from '../graph/useChange';
import { useGraph } from '../graph/useGraph';
import { Badge } from '../look/Badge';
import { ErrorNote } from '../look/ErrorNote';
import { Refusals } from '../look/Refusals';
import { Texted } from '../look/Texted';
import { useFormat } from '../shell/format';

const Mine = graphql(`
  query CalendarFeeds {
    me {
      id
      calendarFeeds {
        id name locale kinds includesConfidential alarmDays createdAt lastUsedAt revokedAt
        owner { id code name { text locale direction } }
        organization { id code name { text locale direction } }
      }
    }
  }
`);

const Revoke = graphql(`
  mutation CalendarRevoke($input: RevokeCalendarFeedInput!) {
    revokeCalendarFeed(input: $input) { userErrors { path code message messageAr } }
  }
`);

/** The addresses that one has given to calendar programs; one that is revoked ends at once and for good. */
export function Feeds(): ReactNode {
  const { t } = useTranslation(['calendar', 'desk']);
  const format = useFormat();
  const { data, error, refetch } = useGraph(Mine, {});
  const revoke = useChange(async (id: string) => (await ask(Revoke, { input: { id } })).revokeCalendarFeed);
  if (error) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  const feeds = data?.me?.calendarFeeds;
  if (!feeds) return null;
  return (
    <section className="calendar-feeds" aria-labelledby="calendar-feeds">
      <h3 id="calendar-feeds">{t('feeds.title')}</h3>
      <Refusals lines={revoke.wrong} />
      {feeds.length === 0 && <p className="desk-none">{t('feeds.none')}</p>}
      <ul className="users-tokens">
        {feeds.map((feed) => (
          <li key={feed.id}>
            <b dir="auto">{feed.name}</b>
            <Badge state={feed.revokedAt ? 'archived' : 'done'}>{t(feed.revokedAt ? 'feeds.revoked' : 'feeds.valid')}</Badge>
            <span>{feed.kinds ? feed.kinds.map((kind) => t(`desk:kind.${kind}`)).join(t('comma')) : t('feeds.allKinds')}</span>
            {(feed.owner ?? feed.organization) && (
              <span>
                {[feed.owner, feed.organization].flatMap((of) => (of ? [<Texted key={of.id} text={of.name} fallback={of.code} />, ' '] : []))}
              </span>
            )}
            {feed.includesConfidential && <span>{t('feeds.confidential')}</span>}
            <span>
              {t('feeds.made', { date: format.date(feed.createdAt) })} · {feed.lastUsedAt ? t('feeds.used', { moment: format.moment(feed.lastUsedAt) }) : t('feeds.unused')}
            </span>
            {!feed.revokedAt && (
              <button type="button" className="look-button" disabled={revoke.isPending} onClick={() => revoke.send(feed.id)} aria-label={t('feeds.revokeOne', { name: feed.name })}>
                {t('feeds.revoke')}
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
