import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../gql';
import type { ObligationInput, ObligationOutcome } from '../gql/graphql';
import { ask } from '../graph/ask';
import { useChange } from '../graph/useChange';
import { Facts } from '../look/Facts';
import { Refusals } from '../look/Refusals';
import { type LocalizedTextFields, Texted } from '../look/Texted';
import { To } from '../shell/To';
import { useFormat } from '../shell/format';
import { useLanguage } from '../shell/language';
import { entersRecords, useWho } from '../sign/session';
import { PeekHead } from './PeekHead';
import type { AgendaEntry } from './agenda';

const Settle = graphql(`
  mutation DeskSettle($input: UpdateAgreementInput!) {
    updateAgreement(input: $input) {
      change { id state }
      userErrors { path code message messageAr }
    }
  }
`);

/** One thing that is due, with what is known of it and what can be done. */
export function AgendaPreview(props: { entry: AgendaEntry; onClose: () => void }): ReactNode {
  const { t } = useTranslation('desk');
  const format = useFormat();
  const { data: who } = useWho();
  const { entry } = props;
  const { record, agreement } = entry;
  const obligation = record?.__typename === 'Duty' ? record.obligation : record?.__typename === 'Obligation' ? record : null;
  const named = (organization: { id: string; name?: LocalizedTextFields | null } | null | undefined): ReactNode =>
    organization && (
      <To to={`/organizations/${organization.id}`}>
        <Texted text={organization.name} />
      </To>
    );
  const evaluation = record?.__typename === 'RecommendationAction' ? record.recommendation.evaluation : null;
  const facts: [string, ReactNode][] = [
    ['evaluation', evaluation && <To to={`/desk/evaluations?item=${evaluation.id}`}><Texted text={evaluation.title} fallback={evaluation.code} /></To>],
    ['agreement', agreement && <To to={`/agreements/${agreement.id}`}><Texted text={agreement.title} fallback={agreement.code} /></To>],
    ['obligor', named(obligation?.obligor ?? entry.organization)],
    ['beneficiary', named(obligation?.beneficiary)],
    ['clause', obligation?.clause],
    ['owner', entry.owner && <Texted text={entry.owner.name} />],
  ];
  return (
    <>
      <PeekHead onClose={props.onClose}>{t(`kind.${entry.kind}`)}</PeekHead>
      <h2>
        <Texted text={entry.title ?? agreement?.title} fallback={agreement?.code} />
      </h2>
      <p>{t('day.due', { date: format.date(entry.dueOn), days: format.days(entry.daysLeft) })}</p>
      <Facts facts={facts} name={(name) => t(`fact.${name}`)} />
      {obligation && agreement && entersRecords(who) && <SettleForm agreement={agreement} obligation={obligation.id} duty={record?.__typename === 'Duty' ? record.id : null} />}
    </>
  );
}

/** Records that a duty was done, with its evidence, or waived, with the reason. */
function SettleForm(props: { agreement: { id: string; version: number }; obligation: string; duty: string | null }): ReactNode {
  const { t } = useTranslation('desk');
  const { locale } = useLanguage();
  const [note, setNote] = useState('');
  const [day, setDay] = useState(() => new Date().toISOString().slice(0, 10));
  const change = useChange(async (outcome: ObligationOutcome) => {
    const settled = { outcome, settledOn: day, evidence: note.trim() ? [{ locale, text: note.trim() }] : [] };
    const saved: ObligationInput = props.duty ? { id: props.obligation, duties: { save: [{ id: props.duty, ...settled }] } } : { id: props.obligation, ...settled };
    return (await ask(Settle, { input: { id: props.agreement.id, version: props.agreement.version, agreement: { obligations: { save: [saved] } } } })).updateAgreement;
  });
  if (change.taken)
    return (
      <p role="status">
        {t(change.taken.change ? 'settle.waits' : 'settle.done')} {change.taken.change && <To to="/desk/drafts">{t('menu.drafts')}</To>}
      </p>
    );
  return (
    <form className="desk-form look-inputs" onSubmit={(event: FormEvent) => event.preventDefault()}>
      <h3>{t('settle.title')}</h3>
      <label>
        {t('settle.on')}
        <input type="date" value={day} onChange={(event) => setDay(event.target.value)} />
      </label>
      <label>
        {t('settle.note')}
        <textarea rows={3} dir="auto" value={note} onChange={(event) => setNote(event.target.value)} />
      </label>
      <Refusals lines={change.wrong} />
      <div className="desk-acts">
        <button type="button" className="look-button look-button-main" disabled={change.isPending} onClick={() => change.send('DONE')}>
          {t('settle.DONE')}
        </button>
        <button type="button" className="look-button" disabled={change.isPending} onClick={() => change.send('WAIVED')}>
          {t('settle.WAIVED')}
        </button>
      </div>
    </form>
  );
}
