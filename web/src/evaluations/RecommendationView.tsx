import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ObligationOutcome, type RecommendationInput, RecommendationResponse } from '../gql/graphql';
import { ask } from '../graph/ask';
import { type Change, useChange } from '../graph/useChange';
import { Badge, type BadgeState } from '../look/Badge';
import { DateInput } from '../look/DateInput';
import { Refusals } from '../look/Refusals';
import { Texted } from '../look/Texted';
import { useNames } from '../look/useNames';
import { To } from '../shell/To';
import { useFormat } from '../shell/format';
import { useLanguage } from '../shell/language';
import { useDraft } from '../shell/useDraft';
import { entersRecords, useWho } from '../sign/session';
import { type Action, ChangeEvaluation, type Evaluation, type Recommendation } from './evaluations';

const badges: Record<Action['state'], BadgeState> = { OVERDUE: 'late', DUE_SOON: 'soon', PENDING: 'later', DONE: 'done', WAIVED: 'archived' };

type Saved = { change?: { id: string } | null; userErrors: { path: string[]; code: string; message: string; messageAr: string }[] };

/** Saves something of a recommendation. */
function useRecommendation(evaluation: Evaluation, onTaken: () => void): Change<RecommendationInput, Saved> {
  return useChange<RecommendationInput, Saved>(
    async (saved) => (await ask(ChangeEvaluation, { input: { id: evaluation.id, version: evaluation.version, evaluation: { recommendations: { save: [saved] } } } })).updateEvaluation,
    { onTaken },
  );
}

/** One recommendation: who should do what, what was answered, and what is done about it. */
export function RecommendationView(props: { evaluation: Evaluation; recommendation: Recommendation }): ReactNode {
  const { t } = useTranslation('evaluations');
  const names = useNames();
  const format = useFormat();
  const { data: who } = useWho();
  const { evaluation, recommendation } = props;
  const mayEnter = entersRecords(who);
  return (
    <>
      <p>
        <Texted text={recommendation.text} />
      </p>
      <p className="desk-kind">
        {recommendation.priority && <>{t('priority', { priority: names('RecommendationPriority', recommendation.priority) })} · </>}
        {recommendation.addressee && (
          <>
            {t('addressee')} <Texted text={recommendation.addressee.name} /> ·{' '}
          </>
        )}
        {recommendation.response ? names('RecommendationResponse', recommendation.response) : t('noResponse')}
        {recommendation.respondedBy && (
          <>
            {' '}
            · <bdi>{recommendation.respondedBy}</bdi>
          </>
        )}
        {recommendation.respondedOn && <> · {format.date(recommendation.respondedOn)}</>}
      </p>
      {recommendation.responseReason && (
        <blockquote className="desk-comment">
          <Texted text={recommendation.responseReason} />
        </blockquote>
      )}
      {recommendation.actions.length > 0 && (
        <ul className="evaluations-actions">
          {recommendation.actions.map((action) => (
            <li key={action.id}>
              <Badge state={badges[action.state]}>{names('ObligationState', action.state)}</Badge> <Texted text={action.text} />
              <small className="desk-kind">
                {action.dueOn && <To to={`/desk/calendar?day=${action.dueOn}`}>{format.date(action.dueOn)}</To>} <Texted text={action.responsible?.name} fallback="" /> <Texted text={action.evidence} fallback="" />
              </small>
              {mayEnter && action.state !== 'DONE' && action.state !== 'WAIVED' && <Settle evaluation={evaluation} recommendation={recommendation} action={action} />}
            </li>
          ))}
        </ul>
      )}
      {mayEnter && !recommendation.response && <Respond evaluation={evaluation} recommendation={recommendation} />}
      {mayEnter && recommendation.response && recommendation.response !== 'REJECTED' && <AddAction evaluation={evaluation} recommendation={recommendation} />}
    </>
  );
}

/** What became of a change: why it was refused, or that it waits as a change of a published record. */
function Outcome(props: { change: Change<RecommendationInput, Saved> }): ReactNode {
  const { t } = useTranslation('evaluations');
  const { change } = props;
  if (!change.taken) return <Refusals lines={change.wrong} />;
  return <p role="status">{t(change.taken.change ? 'waits' : 'saved')}</p>;
}

/** Answers a recommendation, with the reason. */
function Respond(props: { evaluation: Evaluation; recommendation: Recommendation }): ReactNode {
  const { t } = useTranslation('evaluations');
  const { locale } = useLanguage();
  const names = useNames();
  const { data: who } = useWho();
  const draft = useDraft(`respond:${props.recommendation.id}`, '');
  const reason = draft.text;
  const change = useRecommendation(props.evaluation, draft.taken);
  const send = (response: RecommendationResponse): void =>
    change.send({
      id: props.recommendation.id,
      response,
      respondedOn: new Date().toISOString().slice(0, 10),
      respondedBy: who?.account?.name ?? null,
      responseReason: reason.trim() ? [{ locale, text: reason.trim() }] : [],
    });
  return (
    <details className="evaluations-form">
      <summary>{t('respond')}</summary>
      <div className="desk-form look-inputs">
        <label>
          {t('reason')}
          <textarea rows={2} dir="auto" value={reason} onChange={(event) => draft.write(event.target.value)} />
        </label>
        <Outcome change={change} />
        <div className="desk-acts">
          {Object.values(RecommendationResponse).map((response) => (
            <button key={response} type="button" className="look-button" disabled={change.isPending} onClick={() => send(response)}>
              {names('RecommendationResponse', response)}
            </button>
          ))}
        </div>
      </div>
    </details>
  );
}

/** Adds something to be done about a recommendation. */
function AddAction(props: { evaluation: Evaluation; recommendation: Recommendation }): ReactNode {
  const { t } = useTranslation('evaluations');
  const { locale } = useLanguage();
  const draft = useDraft(`act:${props.recommendation.id}`, '');
  const { text } = draft;
  const [day, setDay] = useState('');
  const change = useRecommendation(props.evaluation, draft.taken);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    change.send({ id: props.recommendation.id, actions: { save: [{ text: [{ locale, text: text.trim() }], dueOn: day || null }] } });
  };
  return (
    <details className="evaluations-form">
      <summary>{t('addAction')}</summary>
      <form className="desk-form look-inputs" onSubmit={submit}>
        <label>
          {t('action')}
          <input dir="auto" required value={text} onChange={(event) => draft.write(event.target.value)} />
        </label>
        <label>
          {t('due')}
          <DateInput value={day} onWrite={setDay} />
        </label>
        <Outcome change={change} />
        <button type="submit" className="look-button" disabled={change.isPending || text.trim() === ''}>
          {t('add')}
        </button>
      </form>
    </details>
  );
}

/** Records that an action was done, with its evidence, or waived, with the reason. */
function Settle(props: { evaluation: Evaluation; recommendation: Recommendation; action: Action }): ReactNode {
  const { t } = useTranslation(['evaluations', 'desk']);
  const { locale } = useLanguage();
  const draft = useDraft(`settle:${props.action.id}`, '');
  const note = draft.text;
  const change = useRecommendation(props.evaluation, draft.taken);
  const send = (outcome: ObligationOutcome): void =>
    change.send({
      id: props.recommendation.id,
      actions: { save: [{ id: props.action.id, outcome, settledOn: new Date().toISOString().slice(0, 10), evidence: note.trim() ? [{ locale, text: note.trim() }] : [] }] },
    });
  return (
    <details className="evaluations-form">
      <summary>{t('desk:settle.title')}</summary>
      <div className="desk-form look-inputs">
        <label>
          {t('desk:settle.note')}
          <textarea rows={2} dir="auto" value={note} onChange={(event) => draft.write(event.target.value)} />
        </label>
        <Outcome change={change} />
        <div className="desk-acts">
          {(['DONE', 'WAIVED'] as const).map((outcome) => (
            <button key={outcome} type="button" className="look-button" disabled={change.isPending} onClick={() => send(outcome)}>
              {t(`desk:settle.${outcome}`)}
            </button>
          ))}
        </div>
      </div>
    </details>
  );
}
