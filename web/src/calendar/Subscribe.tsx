import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PeekHead } from '../desk/PeekHead';
import { graphql } from '../gql';
import { AgendaKind } from '../gql/graphql';
import { ask } from '../graph/ask';
import { useChange } from '../graph/useChange';
import { languages } from '../i18n';
import { Refusals } from '../look/Refusals';
import { useLanguage } from '../shell/language';
import { Secret } from '../users/Secret';
import '../users/users.css';
import { Feeds } from './Feeds';

const Create = graphql(`
  mutation CalendarSubscribe($input: CreateCalendarFeedInput!) {
    createCalendarFeed(input: $input) {
      path
      calendarFeed { id name }
      userErrors { path code message messageAr }
    }
  }
`);

const kinds = Object.values(AgendaKind);
/** So many days before the date a calendar may remind. */
const REMINDERS = [0, 1, 3, 7, 14];

/** Makes an address under which a calendar program finds what is due, tells it this once, and lists those made before. */
export function Subscribe(props: { owner: string | null; organization: string | null; onClose: () => void }): ReactNode {
  const { t } = useTranslation(['calendar', 'desk', 'users']);
  const { locale: page } = useLanguage();
  const [name, setName] = useState('');
  const [locale, setLocale] = useState<string>(page);
  const [wanted, setWanted] = useState<readonly AgendaKind[]>(kinds);
  const [reminds, setReminds] = useState<number | null>(null);
  const [isNarrow, setNarrow] = useState(true);
  const [confidential, setConfidential] = useState(false);
  const languageNames = new Intl.DisplayNames(page, { type: 'language' });
  const make = useChange(
    async () => {
      const input = {
        name: name.trim(),
        locale,
        kinds: wanted.length === kinds.length ? null : [...wanted],
        ownerId: isNarrow ? props.owner : null,
        organizationId: isNarrow ? props.organization : null,
        includesConfidential: confidential,
        alarmDays: reminds,
      };
      return (await ask(Create, { input })).createCalendarFeed;
    },
    { onTaken: () => setName('') },
  );
  const send = (event: FormEvent): void => {
    event.preventDefault();
    make.send(undefined);
  };
  const { taken } = make;
  return (
    <>
      <PeekHead onClose={props.onClose}>{t('desk:menu.calendar')}</PeekHead>
      <h2>{t('subscribe.title')}</h2>
      <p>{t('subscribe.lead')}</p>
      <form className="desk-form look-inputs" onSubmit={send}>
        <h3>{t('subscribe.new')}</h3>
        <label>
          {t('subscribe.name')}
          <input dir="auto" required maxLength={200} value={name} onChange={(event) => setName(event.target.value)} />
        </label>
        <label>
          {t('subscribe.language')}
          <select value={locale} onChange={(event) => setLocale(event.target.value)}>
            {languages.map((each) => (
              <option key={each} value={each}>
                {languageNames.of(each)}
              </option>
            ))}
          </select>
        </label>
        <fieldset className="calendar-kinds">
          <legend>{t('subscribe.kinds')}</legend>
          {kinds.map((kind) => (
            <label key={kind} className="calendar-check">
              <input type="checkbox" checked={wanted.includes(kind)} onChange={(event) => setWanted(kinds.filter((each) => (each === kind ? event.target.checked : wanted.includes(each))))} />
              {t(`desk:kind.${kind}`)}
            </label>
          ))}
        </fieldset>
        <label>
          {t('subscribe.reminds')}
          <select value={reminds ?? ''} onChange={(event) => setReminds(event.target.value === '' ? null : Number(event.target.value))}>
            <option value="">{t('subscribe.never')}</option>
            {REMINDERS.map((days) => (
              <option key={days} value={days}>
                {t('subscribe.before', { count: days })}
              </option>
            ))}
          </select>
        </label>
        {(props.owner ?? props.organization) !== null && (
          <label className="calendar-check">
            <input type="checkbox" checked={isNarrow} onChange={(event) => setNarrow(event.target.checked)} />
            {t('subscribe.narrow')}
          </label>
        )}
        <label className="calendar-check">
          <input type="checkbox" checked={confidential} onChange={(event) => setConfidential(event.target.checked)} />
          {t('subscribe.confidential')}
        </label>
        <Refusals lines={make.wrong} />
        <div className="desk-acts">
          <button type="submit" className="look-button look-button-main" disabled={make.isPending || wanted.length === 0}>
            {t('subscribe.make')}
          </button>
        </div>
      </form>
      {taken?.path && (
        <>
          <Secret label={t('subscribe.once', { name: taken.calendarFeed?.name ?? '' })} secret={location.origin + taken.path} note={t('subscribe.keep')} />
          <dl className="calendar-how">
            {(['outlook', 'phone', 'android', 'other'] as const).map((program) => (
              <div key={program}>
                <dt>{t(`subscribe.how.${program}.name`)}</dt>
                <dd>{t(`subscribe.how.${program}.text`)}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
      <Feeds />
    </>
  );
}
