import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../gql';
import type { LanguagesListQuery } from '../gql/graphql';
import { ask } from '../graph/ask';
import { useChange } from '../graph/useChange';
import { useGraph } from '../graph/useGraph';
import { ErrorNote } from '../look/ErrorNote';
import { Loading } from '../look/Loading';
import { Refusals } from '../look/Refusals';
import { To } from '../shell/To';
import { useFormat } from '../shell/format';
import { useLanguage, usePageTitle } from '../shell/language';
import { useWho } from '../sign/session';
import { nameOf, offered } from './names';
import './languages.css';

const Languages = graphql(`
  query LanguagesList {
    workingLocales { id locale version createdAt }
    translationCoverage { locale total missing stale draft machine }
  }
`);
const Add = graphql(`mutation LanguagesAdd($input: CreateWorkingLocaleInput!) { step: createWorkingLocale(input: $input) { userErrors { path code message messageAr } } }`);
const Remove = graphql(`mutation LanguagesRemove($input: RecordInput!) { step: removeWorkingLocale(input: $input) { userErrors { path code message messageAr } } }`);

type Language = LanguagesListQuery['workingLocales'][number];

/** The working languages: those into which every text of the register is to be translated. Administrators add and remove them. */
export default function LanguagesPage(): ReactNode {
  const { t } = useTranslation('languages');
  const { data: who } = useWho();
  usePageTitle(t('title'));
  const { data, error, refetch } = useGraph(Languages, {});
  if (error && !data) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  const mayWrite = who?.roles.includes('ADMINISTRATOR') ?? false;
  const languages = data.workingLocales;
  return (
    <div className="languages">
      <h1>{t('title')}</h1>
      <p>{t('lead')}</p>
      {languages.length === 0 && <p className="desk-none">{t('none')}</p>}
      <ul className="languages-list">
        {languages.map((language) => (
          <One key={language.id} language={language} coverage={data.translationCoverage.filter((row) => row.locale === language.locale)} mayRemove={mayWrite && languages.length > 1} />
        ))}
      </ul>
      {mayWrite && <AddForm known={languages.map(({ locale }) => locale)} />}
    </div>
  );
}

function One(props: { language: Language; coverage: LanguagesListQuery['translationCoverage']; mayRemove: boolean }): ReactNode {
  const { t } = useTranslation('languages');
  const { locale } = useLanguage();
  const format = useFormat();
  const { language, coverage } = props;
  const remove = useChange(async (_: null) => (await ask(Remove, { input: { id: language.id, version: language.version } })).step);
  const name = nameOf(language.locale, locale) ?? language.locale;
  const sum = (of: (row: (typeof coverage)[number]) => number): number => coverage.reduce((total, row) => total + of(row), 0);
  const queues = [
    ['missing', 'MISSING', sum((row) => row.missing)],
    ['stale', 'STALE', sum((row) => row.stale)],
    ['waits', 'REVIEW', sum((row) => row.draft + row.machine)],
  ] as const;
  return (
    <li>
      <h2>
        {name} <bdi dir="ltr">{language.locale}</bdi>
      </h2>
      <p>{t('total', { count: sum((row) => row.total), shown: format.number(sum((row) => row.total)) })}</p>
      <ul className="languages-queues">
        {queues.map(([word, task, count]) => (
          <li key={task}>{count > 0 ? <To to={`/desk/translations?locale=${language.locale}&task=${task}`}>{t(word, { count, shown: format.number(count) })}</To> : t(word, { count, shown: format.number(count) })}</li>
        ))}
      </ul>
      {props.mayRemove && (
        <details className="languages-remove">
          <summary>{t('remove', { name })}</summary>
          <p>{t('removeMeans', { name })}</p>
          <Refusals lines={remove.wrong} />
          <button type="button" className="look-button" disabled={remove.isPending} onClick={() => remove.send(null)}>
            {t('removeDo', { name })}
          </button>
        </details>
      )}
    </li>
  );
}

function AddForm(props: { known: readonly string[] }): ReactNode {
  const { t } = useTranslation('languages');
  const { locale } = useLanguage();
  const id = useId();
  const [tag, setTag] = useState('');
  const add = useChange(async (_: null) => (await ask(Add, { input: { workingLocale: { locale: tag.trim() } } })).step, { onTaken: () => setTag('') });
  const name = nameOf(tag.trim(), locale);
  const isKnown = props.known.some((one) => one.toLowerCase() === tag.trim().toLowerCase());
  const send = (event: FormEvent): void => {
    event.preventDefault();
    if (name && !isKnown) add.send(null);
  };
  return (
    <form className="languages-add look-inputs" onSubmit={send}>
      <h2>{t('add')}</h2>
      <p>{t('addMeans')}</p>
      <label>
        {t('tag')}
        <input dir="ltr" list={`${id}tags`} maxLength={35} autoComplete="off" value={tag} aria-describedby={`${id}name`} onChange={(event) => setTag(event.target.value)} />
      </label>
      <datalist id={`${id}tags`}>
        {offered
          .filter((one) => !props.known.includes(one))
          .map((one) => (
            <option key={one} value={one}>
              {nameOf(one, locale)}
            </option>
          ))}
      </datalist>
      <p id={`${id}name`} role="status">
        {tag.trim() === '' ? '' : isKnown ? t('isThere') : name ? t('named', { name }) : t('unnamed')}
      </p>
      <Refusals lines={add.wrong} />
      <button type="submit" className="look-button look-button-main" disabled={add.isPending || !name || isKnown}>
        {name ? t('addDo', { name }) : t('addNone')}
      </button>
    </form>
  );
}
