import { type FormEvent, type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../gql';
import type { ObligationInput, ObligationOutcome } from '../gql/graphql';
import { ask } from '../graph/ask';
import { useChange } from '../graph/useChange';
import { Refusals } from '../look/Refusals';
import { To } from '../shell/To';
import { useLanguage } from '../shell/language';

const Settle = graphql(`
  mutation DeskSettle($input: UpdateAgreementInput!) {
    updateAgreement(input: $input) {
      change { id state }
      userErrors { path code message messageAr }
    }
  }
`);

/** What takes the place of a form takes its focus too. */
export const focused = (element: HTMLElement | null): void => element?.focus();

/** Records that a duty was done, with its evidence, or waived, with the reason. */
export function SettleForm(props: { agreement: { id: string; version: number }; obligation: string; duty: string | null; onTaken?: () => void; isWanted?: boolean }): ReactNode {
  const { t } = useTranslation('desk');
  const { locale } = useLanguage();
  const field = useRef<HTMLTextAreaElement>(null);
  const [note, setNote] = useState('');
  const [day, setDay] = useState(() => new Date().toISOString().slice(0, 10));
  // As it was when the form was opened: what somebody else writes meanwhile is not written over unseen, but only by whoever has been told.
  const [version, setVersion] = useState(props.agreement.version);
  const change = useChange(async (outcome: ObligationOutcome) => {
    const settled = { outcome, settledOn: day, evidence: note.trim() ? [{ locale, text: note.trim() }] : [] };
    const saved: ObligationInput = props.duty ? { id: props.obligation, duties: { save: [{ id: props.duty, ...settled }] } } : { id: props.obligation, ...settled };
    return (await ask(Settle, { input: { id: props.agreement.id, version, agreement: { obligations: { save: [saved] } } } })).updateAgreement;
  }, {
    onTaken: () => props.onTaken?.(),
    onRefused: () => {
      setVersion(props.agreement.version);
      field.current?.focus();
    },
  });
  if (change.taken)
    return (
      <p role="status" tabIndex={-1} ref={focused}>
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
        <textarea ref={field} rows={3} dir="auto" autoFocus={props.isWanted} value={note} onChange={(event) => setNote(event.target.value)} />
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
