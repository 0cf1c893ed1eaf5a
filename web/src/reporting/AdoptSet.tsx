import { ListPlus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../gql';
import type { ReportingSetsQuery } from '../gql/graphql';
import { ask } from '../graph/ask';
import { useChange } from '../graph/useChange';
import { useGraph } from '../graph/useGraph';
import { ErrorNote } from '../look/ErrorNote';
import { Loading } from '../look/Loading';
import { Refusals } from '../look/Refusals';
import { Texted } from '../look/Texted';
import { To } from '../shell/To';
import { useFormat } from '../shell/format';
import { entersRecords, useWho } from '../sign/session';
import './reporting.css';

const Sets = graphql(`
  query ReportingSets($id: ID!) {
    reportingDuties { code set setName { text locale direction } clause text { text locale direction } source dueOn recurrence }
    agreement(by: { id: $id }) {
      id
      version
      state
      obligations(first: 100) { nodes { reportingDuty } }
      parties { organization { id name { text locale direction } } }
    }
  }
`);
const Adopt = graphql(`mutation ReportingAdopt($input: AdoptReportingSetInput!) { adoptReportingSet(input: $input) { change { id } userErrors { path code message messageAr } } }`);

type Duty = ReportingSetsQuery['reportingDuties'][number];

/** Adds the reporting duties of a convention to an agreement, for those who enter records: a ready set of obligations, of which those that the agreement has stay as they are. */
export default function AdoptSet(props: { agreement: string }): ReactNode {
  const { t } = useTranslation('reporting');
  const { data: who } = useWho();
  const [isOpen, setOpen] = useState(false);
  if (!entersRecords(who)) return null;
  return (
    <details className="reporting" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="look-button">
        <ListPlus aria-hidden size={15} /> {t('open')}
      </summary>
      {isOpen && <ChooseSet agreement={props.agreement} />}
    </details>
  );
}

function ChooseSet(props: { agreement: string }): ReactNode {
  const { t } = useTranslation(['reporting', 'edit']);
  const format = useFormat();
  const { data, error, refetch } = useGraph(Sets, { id: props.agreement });
  const [chosen, setChosen] = useState('');
  const [obligor, setObligor] = useState('');
  const agreement = data?.agreement;
  const adopt = useChange(async (_: null) => (await ask(Adopt, { input: { id: agreement?.id ?? '', version: agreement?.version ?? 0, set: chosen, ...(obligor && { obligorId: obligor }) } })).adoptReportingSet);
  if (error) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  if (!data || !agreement) return <Loading />;
  const has = new Set(agreement.obligations.nodes.map(({ reportingDuty }) => reportingDuty));
  const sets = [...new Map(data.reportingDuties.map((duty) => [duty.set, duty.setName])).entries()];
  const duties = data.reportingDuties.filter((duty) => duty.set === chosen);
  const lacking = duties.filter((duty) => !has.has(duty.code));
  const parties = [...new Map(agreement.parties.flatMap(({ organization }) => (organization ? [[organization.id, organization] as const] : []))).values()];
  return (
    <div className="reporting-form look-inputs">
      <p>{t('means')}</p>
      <label>
        {t('set')}
        <select value={chosen} onChange={(event) => setChosen(event.target.value)}>
          <option value="">{t('choose')}</option>
          {sets.map(([set, name]) => (
            <option key={set} value={set}>
              {name?.text ?? set}
            </option>
          ))}
        </select>
      </label>
      {duties.length > 0 && (
        <ul>
          {duties.map((duty) => (
            <li key={duty.code}>
              <Texted text={duty.text} /> {has.has(duty.code) && <strong>{t('there')}</strong>}
              <small>
                {[t('clause', { clause: `\u2066${duty.clause}\u2069` }), duty.dueOn ? t('dueOn', { date: format.date(duty.dueOn) }) : t('noDate'), duty.recurrence && t(`edit:recurrence.${interval(duty)}`, { defaultValue: '' })].filter(Boolean).join(' · ')}
              </small>
              <small dir="ltr" lang="en">
                {duty.source}
              </small>
            </li>
          ))}
        </ul>
      )}
      {lacking.length > 0 && (
        <label>
          {t('obligor')}
          <select value={obligor} onChange={(event) => setObligor(event.target.value)}>
            <option value="">{t('open later')}</option>
            {parties.map((party) => (
              <option key={party.id} value={party.id}>
                {party.name?.text ?? party.id}
              </option>
            ))}
          </select>
        </label>
      )}
      <Refusals lines={adopt.wrong} />
      {chosen !== '' && (
        <button type="button" className="look-button look-button-main" disabled={adopt.isPending || lacking.length === 0} onClick={() => adopt.send(null)}>
          {t('add', { count: lacking.length, shown: format.number(lacking.length) })}
        </button>
      )}
      <p role="status">
        {adopt.taken && (
          <>
            {t(adopt.taken.change ? 'waits' : 'added')} {adopt.taken.change && <To to={`/desk/drafts?item=${adopt.taken.change.id}`}>{t('toChange')}</To>}
          </>
        )}
      </p>
    </div>
  );
}

/** How often a duty returns, without the day of the year on which it does. */
const interval = (duty: Duty): string => (duty.recurrence ?? '').split(';').filter((part) => /^(FREQ|INTERVAL)=/.test(part)).join(';');
