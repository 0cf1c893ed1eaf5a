import { type FormEvent, type ReactNode, type RefObject, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../gql';
import type { DeskSettleMutation, DutyInput, ObligationInput, ObligationOutcome } from '../gql/graphql';
import { ask } from '../graph/ask';
import { useChange } from '../graph/useChange';
import { DateInput } from '../look/DateInput';
import { Refusals } from '../look/Refusals';
import { To } from '../shell/To';
import { useLanguage } from '../shell/language';
import { useDraft } from '../shell/useDraft';
import { tellDone } from './done';

const Settle = graphql(`
  mutation DeskSettle($input: UpdateAgreementInput!) {
    updateAgreement(input: $input) {
      agreement { id version }
      change { id state createdAt updatedAt }
      userErrors { path code message messageAr }
    }
  }
`);

const Drop = graphql(`
  mutation DeskSettleDrop($input: RecordInput!) {
    dropChange(input: $input) { userErrors { path code message messageAr } }
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
export function SettleForm(props: { agreement: { id: string; version: number }; /** What it is about, as people call it. */ what: string; obligation: string; duty: string | null; onTaken?: () => void; wanted?: number }): ReactNode {
  const { t } = useTranslation('desk');
  const { locale } = useLanguage();
  const field = useRef<HTMLTextAreaElement>(null);
  const draft = useDraft(`settle:${props.duty ?? props.obligation}`, '');
  const note = draft.text;
  const [day, setDay] = useState(() => new Date().toISOString().slice(0, 10));
  // As it was when the form was opened: what somebody else writes meanwhile is not written over unseen, but only by whoever has been told.
  const [version, setVersion] = useState(props.agreement.version);
  const save = async (since: number, settled: DutyInput): Promise<DeskSettleMutation['updateAgreement']> => {
    const saved: ObligationInput = props.duty ? { id: props.obligation, duties: { save: [{ id: props.duty, ...settled }] } } : { id: props.obligation, ...settled };
    return (await ask(Settle, { input: { id: props.agreement.id, version: since, agreement: { obligations: { save: [saved] } } } })).updateAgreement;
  };
  const change = useChange(async (outcome: ObligationOutcome) => ({ ...(await save(version, { outcome, settledOn: day, evidence: note.trim() ? [{ locale, text: note.trim() }] : [] })), outcome }), {
    onTaken: ({ outcome, agreement, change: waiting }) => {
      draft.taken();
      const now = { id: props.agreement.id, version: agreement?.version ?? 0 };
      // A change that began with this is given up; in one that waited before, or in a draft, the duty is opened again.
      const isAlone = waiting?.createdAt === waiting?.updatedAt;
      tellDone({
        name: waiting ? 'waits' : outcome,
        what: props.what,
        subject: now.id,
        undo: async () => (waiting && isAlone ? (await ask(Drop, { input: now })).dropChange : save(now.version, { outcome: null, settledOn: null, evidence: [] })),
      });
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
