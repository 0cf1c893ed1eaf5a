import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PeekHead } from '../desk/PeekHead';
import { PeekForm } from '../edit/PeekForm';
import { graphql } from '../gql';
import { ask } from '../graph/ask';
import { post } from '../graph/talk';
import { useChange, useWording } from '../graph/useChange';
import { Badge } from '../look/Badge';
import { Refusals } from '../look/Refusals';
import { useFormat } from '../shell/format';
import { Secret } from './Secret';
import { Tokens } from './Tokens';
import { account } from './account';
import type { Person } from './people';

const Update = graphql(`mutation UsersUpdate($input: UpdateAccountInput!) { updateAccount(input: $input) { userErrors { path code message messageAr } } }`);

/** One account: who it is, what may be done about its sign-in, its roles, its keys. */
export function AccountView(props: { person: Person; onClose: () => void; onMade: (id: string) => void }): ReactNode {
  const { t } = useTranslation('users');
  const format = useFormat();
  const { person } = props;
  const able = useChange(
    async (disabledAt: string | null) => (await ask(Update, { input: { id: person.id, version: person.version, account: { disabledAt } } })).updateAccount,
    { onTaken: props.onClose },
  );
  return (
    <>
      <PeekHead onClose={props.onClose}>
        {t('account')} · <bdi>{person.login}</bdi>
      </PeekHead>
      <h2>
        <bdi>{person.name}</bdi>
      </h2>
      <p>
        {person.isDisabled ? <Badge state="archived">{t('isDisabled')}</Badge> : <Badge state="done">{t('isEnabled')}</Badge>}{' '}
        {person.lastSeenAt ? t('seen', { date: format.date(person.lastSeenAt) }) : t('neverSeen')}
      </p>
      {!person.isDisabled && <SignIn login={person.login} />}
      <section className="users-part" aria-label={t('rolesAndFacts')}>
        <h3>{t('rolesAndFacts')}</h3>
        <PeekForm kind="account" form={account} id={person.id} onMade={props.onMade} />
      </section>
      <section className="users-part" aria-label={t('tokens')}>
        <h3>{t('tokens')}</h3>
        <Tokens tokens={person.tokens} />
      </section>
      <section className="users-part" aria-label={t(person.isDisabled ? 'enable' : 'disable')}>
        <p>{t(person.isDisabled ? 'enableHint' : 'disableHint')}</p>
        <Refusals lines={able.wrong} />
        <button type="button" className="look-button" disabled={able.isPending} onClick={() => able.send(person.isDisabled ? null : new Date().toISOString())}>
          {t(person.isDisabled ? 'enable' : 'disable')}
        </button>
      </section>
    </>
  );
}

/** How somebody gets in: a link to choose a password, handed over once; and out of every browser. */
function SignIn(props: { login: string }): ReactNode {
  const { t } = useTranslation('users');
  const wording = useWording();
  const format = useFormat();
  const [said, setSaid] = useState('');
  const link = useMutation({ mutationFn: () => post<{ link: string; expiresAt: string }>('/auth/reset-link', { login: props.login }), onMutate: () => setSaid('') });
  const out = useMutation({
    mutationFn: () => post<{ sessions: number }>('/auth/sign-out-everywhere', { login: props.login }),
    onSuccess: ({ sessions }) => setSaid(t('signedOut', { count: sessions, shown: format.number(sessions) })),
  });
  const failure = link.error ?? out.error;
  return (
    <section className="users-part" aria-label={t('signIn')}>
      <div className="desk-acts">
        <button type="button" className="look-button" disabled={link.isPending} onClick={() => link.mutate()}>
          {t('link')}
        </button>
        <button type="button" className="look-button" disabled={out.isPending} onClick={() => out.mutate()}>
          {t('signOut')}
        </button>
      </div>
      {link.data && <Secret label={t('linkOnce')} secret={link.data.link} note={t('linkHint', { date: format.moment(link.data.expiresAt) })} />}
      <p role="status">{said}</p>
      <Refusals lines={failure ? [wording.failed(failure)] : []} />
    </section>
  );
}
