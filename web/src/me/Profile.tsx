import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { languages } from '../i18n';
import { Refusals } from '../look/Refusals';
import { useLanguage } from '../shell/language';
import type { Who } from '../sign/session';
import { useAct } from './useAct';

/** How one is called and addressed. */
export function Profile(props: { account: NonNullable<Who['account']> }): ReactNode {
  const { t } = useTranslation('me');
  const { locale: page } = useLanguage();
  const [name, setName] = useState(props.account.name);
  const [locale, setLocale] = useState(props.account.locale);
  const save = useAct<{ name: string; locale: string }, Who>('/auth/me');
  const send = (event: FormEvent): void => {
    event.preventDefault();
    save.send({ name, locale });
  };
  const names = new Intl.DisplayNames(page, { type: 'language' });
  const isChanged = name.trim() !== props.account.name || locale !== props.account.locale;
  return (
    <form className="me-form" onSubmit={send}>
      <label>
        {t('name')}
        <input dir="auto" autoComplete="name" value={name} maxLength={200} required onChange={(event) => setName(event.target.value)} />
      </label>
      <label>
        {t('language')}
        <select value={locale} onChange={(event) => setLocale(event.target.value)}>
          {[...new Set([...languages, locale])].map((each) => (
            <option key={each} value={each}>
              {names.of(each)}
            </option>
          ))}
        </select>
      </label>
      <Refusals lines={save.wrong} />
      <div className="desk-acts">
        <button type="submit" className="look-button look-button-main" disabled={!isChanged || save.isPending}>
          {t('save')}
        </button>
        <span role="status">{save.answer && !isChanged ? t('saved') : ''}</span>
      </div>
    </form>
  );
}
