import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../gql';
import { ask } from '../graph/ask';
import { useChange } from '../graph/useChange';
import { Badge } from '../look/Badge';
import { Refusals } from '../look/Refusals';
import { useNames } from '../look/useNames';
import { useFormat } from '../shell/format';
import type { Token } from './people';

const Revoke = graphql(`mutation UsersRevoke($input: RevokeApiTokenInput!) { revokeApiToken(input: $input) { userErrors { path code message messageAr } } }`);

/** The keys by which programs act for somebody; one that is revoked ends at once and for good. */
export function Tokens(props: { tokens: readonly Token[] }): ReactNode {
  const { t } = useTranslation('users');
  const format = useFormat();
  const names = useNames();
  const revoke = useChange(async (id: string) => (await ask(Revoke, { input: { id } })).revokeApiToken);
  if (props.tokens.length === 0) return <p className="desk-none">{t('noTokens')}</p>;
  const now = new Date().toISOString();
  return (
    <>
      <Refusals lines={revoke.wrong} />
      <ul className="users-tokens">
        {props.tokens.map((token) => {
          const state = token.revokedAt ? 'revoked' : token.expiresAt < now ? 'expired' : 'valid';
          return (
            <li key={token.id}>
              <b dir="auto">{token.name}</b>
              <Badge state={state === 'valid' ? 'done' : 'archived'}>{t(`token.${state}`)}</Badge>
              <span>
                {token.roles.map((role) => names('Role', role)).join(t('comma'))} · {t(token.readOnly ? 'token.readOnly' : 'token.writes')}
              </span>
              <span>
                {t('token.until', { date: format.date(token.expiresAt) })} · {token.lastUsedAt ? t('token.used', { date: format.date(token.lastUsedAt) }) : t('token.unused')}
              </span>
              {state === 'valid' && (
                <button type="button" className="look-button" disabled={revoke.isPending} onClick={() => revoke.send(token.id)} aria-label={t('token.revokeOne', { name: token.name })}>
                  {t('token.revoke')}
                </button>
              )}
            </li>
          );
        })}
      </ul>
    </>
  );
}
