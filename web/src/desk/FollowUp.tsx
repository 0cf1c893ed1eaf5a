import { type FormEvent, type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../gql';
import type { DeskFollowUpQuery } from '../gql/graphql';
import { ask } from '../graph/ask';
import { useChange } from '../graph/useChange';
import { useGraph } from '../graph/useGraph';
import { ErrorNote } from '../look/ErrorNote';
import { DateInput } from '../look/DateInput';
import { Facts } from '../look/Facts';
import { Loading } from '../look/Loading';
import { Refusals } from '../look/Refusals';
import { Texted } from '../look/Texted';
import { useFormat } from '../shell/format';
import { useLanguage } from '../shell/language';
import { useDraft } from '../shell/useDraft';
import { entersRecords, useWho } from '../sign/session';
import { tellDone } from './done';
import { SettleForm, focused, useWanted } from './SettleForm';

const Read = graphql(`
  query DeskFollowUp($id: ID!) {
    node(id: $id) {
      ... on ObligationFollowUp {
        id
        occurredOn
        doneBy
        action { text locale direction }
        result { text locale direction }
        duty { id dueOn outcome }
        obligation { id clause dueOn recurrence outcome text { text locale direction } }
      }
    }
  }
`);

const Enter = graphql(`
  mutation DeskFollow($input: CreateObligationFollowUpInput!) {
    createObligationFollowUp(input: $input) {
      obligationFollowUp { id version }
      userErrors { path code message messageAr }
    }
  }
`);

const Remove = graphql(`
  mutation DeskFollowRemove($input: RecordInput!) {
    removeObligationFollowUp(input: $input) { userErrors { path code message messageAr } }
  }
`);

type Step = Extract<NonNullable<DeskFollowUpQuery['node']>, { occurredOn: string }>;

/** The step that a next step follows on, and what is done about it now: what came of it is entered, or the matter is settled. */
export function FollowUp(props: { id: string; /** What it is about, as people call it. */ what: string; agreement: { id: string; version: number } | null; onTaken?: () => void; wanted?: number }): ReactNode {
  const { t } = useTranslation('desk');
  const format = useFormat();
  const { data: who } = useWho();
  const { data, error, refetch } = useGraph(Read, { id: props.id });
  if (error) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  if (!data.node || !('occurredOn' in data.node)) return null;
  const step = data.node;
  const { obligation } = step;
  const due = step.duty?.dueOn ?? obligation.dueOn;
  const taken = props.onTaken ? { onTaken: props.onTaken } : {};
  const facts: [string, ReactNode][] = [
    ['obligation', <Texted key="obligation" text={obligation.text} />],
    ['clause', obligation.clause && <bdi key="clause">{obligation.clause}</bdi>],
    ['obligationDue', due && format.date(due)],
    ['action', step.action && <><Texted text={step.action} /> ({format.date(step.occurredOn)})</>],
    ['doneBy', step.doneBy && <bdi>{step.doneBy}</bdi>],
    ['result', step.result && <Texted text={step.result} />],
  ];
  // Of an obligation that recurs one date is settled, not the rule.
  const settles = !step.duty?.outcome && !obligation.outcome && (step.duty !== null || !obligation.recurrence);
  return (
    <>
      <Facts facts={facts} name={(name) => t(`fact.${name}`)} />
      {entersRecords(who) && (
        <>
          <NextForm step={step} what={props.what} wanted={props.wanted ?? 0} {...taken} />
          {props.agreement && settles && (
            <details>
              <summary>{t('follow.orSettle')}</summary>
              <SettleForm agreement={props.agreement} what={props.what} obligation={obligation.id} duty={step.duty?.id ?? null} {...taken} />
            </details>
          )}
        </>
      )}
    </>
  );
}

/** Enters what was done now, and what is to follow; the step before is done with that. */
function NextForm(props: { step: Step; what: string; onTaken?: () => void; wanted?: number }): ReactNode {
  const { t } = useTranslation('desk');
  const { locale } = useLanguage();
  const [day, setDay] = useState(() => new Date().toISOString().slice(0, 10));
  const field = useRef<HTMLTextAreaElement>(null);
  const draft = useDraft(`follow:${props.step.id}`, '');
  const action = draft.text;
  const [next, setNext] = useState('');
  const [nextOn, setNextOn] = useState('');
  const said = (text: string): { locale: string; text: string }[] => (text.trim() ? [{ locale, text: text.trim() }] : []);
  const change = useChange(async () => {
    const { step } = props;
    const obligationFollowUp = { obligationId: step.obligation.id, dutyId: step.duty?.id ?? null, occurredOn: day, action: said(action), nextStep: said(next), nextOn: nextOn || null };
    return (await ask(Enter, { input: { obligationFollowUp } })).createObligationFollowUp;
  }, {
    onTaken: ({ obligationFollowUp }) => {
      draft.taken();
      tellDone({
        name: 'follow',
        what: props.what,
        ...(obligationFollowUp && { undo: async () => (await ask(Remove, { input: { id: obligationFollowUp.id, version: obligationFollowUp.version } })).removeObligationFollowUp }),
      });
      props.onTaken?.();
    },
    onRefused: () => field.current?.focus(),
  });
  useWanted(field, props.wanted);
  if (change.taken) return <p role="status" tabIndex={-1} ref={focused}>{t('follow.taken')}</p>;
  const send = (event: FormEvent): void => {
    event.preventDefault();
    change.send(undefined);
  };
  return (
    <form
      className="desk-form look-inputs"
      onSubmit={send}
      onKeyDown={(event) => {
        // As if the button were pressed: what is missing is said first.
        if (event.ctrlKey && event.key === 'Enter') event.currentTarget.requestSubmit();
      }}
    >
      <h3>{t('follow.title')}</h3>
      <label>
        {t('settle.on')}
        <DateInput required value={day} onWrite={setDay} />
      </label>
      <label>
        {t('follow.action')}
        <textarea ref={field} rows={3} dir="auto" required value={action} onChange={(event) => draft.write(event.target.value)} />
      </label>
      <label>
        {t('follow.next')}
        <input dir="auto" value={next} onChange={(event) => setNext(event.target.value)} />
      </label>
      <label>
        {t('follow.nextOn')}
        <DateInput value={nextOn} onWrite={setNextOn} />
      </label>
      <Refusals lines={change.wrong} />
      <div className="desk-acts">
        <button type="submit" className="look-button look-button-main" disabled={change.isPending}>
          {t('follow.send')} <kbd dir="ltr">Ctrl ↵</kbd>
        </button>
      </div>
    </form>
  );
}
