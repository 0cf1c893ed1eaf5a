import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { hasSingleKeys, storeSingleKeys } from '../shell/keys';
import { graphql } from '../gql';
import { useGraph } from '../graph/useGraph';
import { ErrorNote } from '../look/ErrorNote';
import { Loading } from '../look/Loading';
import { usePageTitle } from '../shell/language';
import { useWho } from '../sign/session';
import { Tokens } from '../users/Tokens';
import '../users/users.css';
import { Digest } from './Digest';
import { NewToken } from './NewToken';
import { Password } from './Password';
import { Profile } from './Profile';
import { Sessions } from './Sessions';
import './me.css';

const Mine = graphql(`
  query MeTokens {
    me { id wantsDigest tokens { id name roles readOnly createdAt expiresAt lastUsedAt revokedAt } }
  }
`);

/** One's own account: name, password, keys for programs, and where one is signed in. */
export default function MePage(): ReactNode {
  const { t } = useTranslation('me');
  usePageTitle(t('title'));
  const { data: who } = useWho();
  const mine = useGraph(Mine, {});
  const [keys, setKeys] = useState(hasSingleKeys);
  if (mine.error) return <ErrorNote error={mine.error} onRetry={() => void mine.refetch()} />;
  if (!who?.account || !mine.data) return <Loading />;
  return (
    <div className="me look-inputs">
      <header>
        <h1>{t('title')}</h1>
        <p>
          <bdi>{who.account.login}</bdi>
        </p>
      </header>
      <section aria-labelledby="me-profile">
        <h2 id="me-profile">{t('profile')}</h2>
        <Profile account={who.account} />
      </section>
      {who.mails && mine.data.me && (
        <section aria-labelledby="me-digest">
          <h2 id="me-digest">{t('digest')}</h2>
          <Digest isWanted={mine.data.me.wantsDigest} email={who.account.email} />
        </section>
      )}
      <section aria-labelledby="me-password">
        <h2 id="me-password">{t('password')}</h2>
        <p>{t('passwordHint')}</p>
        <Password login={who.account.login} />
      </section>
      <section aria-labelledby="me-tokens">
        <h2 id="me-tokens">{t('tokens')}</h2>
        <p>{t('tokensHint')}</p>
        <NewToken roles={who.roles} />
        <Tokens tokens={mine.data.me?.tokens ?? []} />
      </section>
      <section aria-labelledby="me-sessions">
        <h2 id="me-sessions">{t('sessions')}</h2>
        <Sessions />
      </section>
      <section aria-labelledby="me-keys">
        <h2 id="me-keys">{t('keys')}</h2>
        <label className="me-check">
          <input
            type="checkbox"
            checked={keys}
            onChange={(event) => {
              storeSingleKeys(event.target.checked);
              setKeys(event.target.checked);
            }}
          />
          {t('keysOn')}
        </label>
      </section>
    </div>
  );
}
