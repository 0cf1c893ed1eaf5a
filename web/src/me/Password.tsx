import { type FormEvent, type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Refusals } from '../look/Refusals';
import type { Who } from '../sign/session';
import { useAct } from './useAct';

/** Another password for oneself; every other browser is signed out by it. */
export function Password(props: { login: string }): ReactNode {
  const { t } = useTranslation('me');
  const form = useRef<HTMLFormElement>(null);
  const [differ, setDiffer] = useState(false);
  const change = useAct<{ current: string; password: string }, Who>('/auth/password', () => form.current?.reset());
  const send = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const values = new FormData(event.currentTarget);
    const [current, password, again] = ['current', 'password', 'again'].map((name) => String(values.get(name)));
    setDiffer(password !== again);
    if (password === again) change.send({ current: current ?? '', password: password ?? '' });
  };
  return (
    <form className="me-form" ref={form} onSubmit={send}>
      {/* For managers of passwords, which must know whose it is. */}
      <input className="hidden" type="text" name="login" autoComplete="username" value={props.login} readOnly tabIndex={-1} aria-hidden />
      <label>
        {t('current')}
        <input name="current" type="password" autoComplete="current-password" required />
      </label>
      <label>
        {t('wanted')}
        <input name="password" type="password" autoComplete="new-password" required minLength={12} aria-describedby="me-password-rule" />
      </label>
      <p id="me-password-rule">{t('rule')}</p>
      <label>
        {t('again')}
        <input name="again" type="password" autoComplete="new-password" required aria-invalid={differ || undefined} />
      </label>
      <Refusals lines={differ ? [t('differ')] : change.wrong} />
      <div className="desk-acts">
        <button type="submit" className="look-button look-button-main" disabled={change.isPending}>
          {t('change')}
        </button>
        <span role="status">{change.answer ? t('changed') : ''}</span>
      </div>
    </form>
  );
}
