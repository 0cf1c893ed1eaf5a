import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useSearchParams } from 'react-router';
import { useWording } from '../graph/useChange';
import { Loading } from '../look/Loading';
import { useLanguage, usePageTitle } from '../shell/language';
import { useSession, useWho } from './session';
import './sign.css';

/** Where to go after the sign-in: the page that asked for it, if it is one of ours. */
function after(next: string | null, locale: string): string {
  return next && /^\/(ar|en)\//.test(next) ? next : `/${locale}/desk`;
}

/** Sign-in by login and password, or by the provider where one is set up. */
export default function SignInPage(): ReactNode {
  const { t } = useTranslation('sign');
  const { locale } = useLanguage();
  const [params] = useSearchParams();
  const { data: who } = useWho();
  const { signIn } = useSession();
  const { failed } = useWording();
  const [refusal, setRefusal] = useState('');
  const [busy, setBusy] = useState(false);
  usePageTitle(t('title'));
  if (!who) return <Loading />;
  if (who.account) return <Navigate to={after(params.get('next'), locale)} replace />;
  const enter = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const values = new FormData(event.currentTarget);
    setBusy(true);
    setRefusal('');
    try {
      await signIn(String(values.get('login')), String(values.get('password')));
    } catch (error) {
      setRefusal(failed(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="sign">
      <form onSubmit={(event) => void enter(event)}>
        <h1>{t('title')}</h1>
        <p>{t(params.get('next')?.includes('/desk/') ? 'back' : 'lead')}</p>
        <label>
          {t('login')}
          <input name="login" autoComplete="username" autoCapitalize="none" spellCheck={false} dir="auto" required maxLength={100} autoFocus />
        </label>
        <label>
          {t('password')}
          <input name="password" type="password" autoComplete="current-password" required aria-describedby="sign-refusal" />
        </label>
        <p id="sign-refusal" role="alert" className="sign-refusal">
          {refusal}
        </p>
        <button type="submit" className="look-button look-button-main" disabled={busy}>
          {t('enter')}
        </button>
        {who.oidc && (
          <a className="look-button" href="/auth/oidc/start">
            {t('provider')}
          </a>
        )}
        <p className="sign-help">{t('help')}</p>
      </form>
    </div>
  );
}
