import { type FormEvent, type ReactNode, type RefObject, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../gql';
import type { ObligationInput, ObligationOutcome } from '../gql/graphql';
import { ask } from '../graph/ask';
import { useChange } from '../graph/useChange';
import { DateInput } from '../look/DateInput';
import { Refusals } from '../look/Refusals';
import { To } from '../shell/To';
import { useLanguage } from '../shell/language';
import { useDraft } from '../shell/useDraft';

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

/** Leads into a field whenever the form is asked for anew. */
export function useWanted(field: RefObject<HTMLElement | null>, wanted = 0): void {
  useEffect(() => {
    if (wanted > 0) field.current?.focus();
  }, [field, wanted]);
}

/** Records that a duty was done, with its evidence, or waived, with the reason. */
export function SettleForm(props: { agreement: { id: string; version: number }; obligation: string; duty: string | null; onTaken?: () => void; wanted?: number }): ReactNode {
  const { t } = useTranslation('desk');
  const { locale } = useLanguage();
  const field = useRef<HTMLTextAreaElement>(null);
  const draft = useDraft(`settle:${props.duty ?? props.obligation}`, '');
  const note = draft.text;
  const [day, setDay] = useState(() => new Date().toISOString().slice(0, 10));
  // As it was when the form was opened: what somebody else writes meanwhile is not written over unseen, but only by whoever has been told.
  const [version, setVersion] = useState(props.agreement.version);
  const change = useChange(async (outcome: ObligationOutcome) => {
    const settled = { outcome, settledOn: day, evidence: note.trim() ? [{ locale, text: note.trim() }] : [] };
    const saved: ObligationInput = props.duty ? { id: props.obligation, duties: { save: [{ id: props.duty, ...settled }] } } : { id: props.obligation, ...settled };
    return (await ask(Settle, { input: { id: props.agreement.id, version, agreement: { obligations: { save: [saved] } } } })).updateAgreement;
  }, {
    onTaken: () => {
      draft.taken();
      props.onTaken?.();
    },
    onRefused: () => {
      setVersion(props.agreement.version);
      field.current?.focus();
    },
  });
  useWanted(field, props.wanted);
  if (change.taken)
    return (
      <p role="status" tabIndex={-1} ref={focused}>
        {t(change.taken.change ? 'settle.waits' : 'settle.done')} {change.taken.change && <To to="/desk/drafts">{t('menu.drafts')}</To>}
      </p>
    );
  return (
    <form
      className="desk-form look-inputs"
      onSubmit={(event: FormEvent) => event.preventDefault()}
      onKeyDown={(event) => {
        if (event.ctrlKey && event.key === 'Enter') change.send('DONE');
      }}
    >
      <h3>{t('settle.title')}</h3>
      <label>
        {t('settle.on')}
        <DateInput value={day} onWrite={setDay} />
      </label>
      <label>
        {t('settle.note')}
        <textarea ref={field} rows={3} dir="auto" value={note} onChange={(event) => draft.write(event.target.value)} />
      </label>
      <Refusals lines={change.wrong} />
      <div className="desk-acts">
        <button type="button" className="look-button look-button-main" disabled={change.isPending} onClick={() => change.send('DONE')}>
          {t('settle.DONE')} <kbd dir="ltr">Ctrl ↵</kbd>
        </button>
        <button type="button" className="look-button" disabled={change.isPending} onClick={() => change.send('WAIVED')}>
          {t('settle.WAIVED')}
        </button>
      </div>
    </form>
  );
}
