import { Undo2 } from 'lucide-react';
import { type ReactNode, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PeekForm } from '../edit/PeekForm';
import { graphql } from '../gql';
import type { FollowUpsQuery, ObligationWhere } from '../gql/graphql';
import { ask } from '../graph/ask';
import { useChange } from '../graph/useChange';
import { useGraph } from '../graph/useGraph';
import { ErrorNote } from '../look/ErrorNote';
import { Badge } from '../look/Badge';
import { Refusals } from '../look/Refusals';
import { Texted } from '../look/Texted';
import { useNames } from '../look/useNames';
import { dutyBadge } from '../agreement/DatesBehind';
import { useFormat } from '../shell/format';
import { entersRecords, useWho } from '../sign/session';
import { followUpOf } from './followUp';
import './follow.css';

const Steps = graphql(`
  query FollowUps($where: ObligationWhere) {
    obligations(where: $where, first: 50) {
      nodes {
        id
        text { text locale direction }
        followUps {
          id version occurredOn doneBy nextOn nextState
          action { text locale direction }
          result { text locale direction }
          nextStep { text locale direction }
          duty { id dueOn }
        }
      }
    }
  }
`);
const Remove = graphql(`mutation FollowUpRemove($input: RecordInput!) { step: removeObligationFollowUp(input: $input) { userErrors { path code message messageAr } } }`);

type Obligation = FollowUpsQuery['obligations']['nodes'][number];
type Step = Obligation['followUps'][number];

/** What was done about obligations, the latest first: notes of those who work here, who may change each and take it back. */
export default function FollowUps(props: { where: ObligationWhere; /** Whether the obligations are named, where there are several. */ isNamed?: boolean }): ReactNode {
  const { t } = useTranslation('follow');
  const { data, error, refetch } = useGraph(Steps, { where: props.where }, { stays: (before) => JSON.stringify(before.where) === JSON.stringify(props.where) });
  if (error) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  const obligations = data?.obligations.nodes.filter((obligation) => obligation.followUps.length > 0) ?? [];
  if (obligations.length === 0) return null;
  return (
    <section className="follow" aria-label={t('title')}>
      <h3>{t('title')}</h3>
      <p className="follow-note">{t('notPublic')}</p>
      {obligations.map((obligation) => (
        <div key={obligation.id}>
          {props.isNamed && (
            <h4>
              <Texted text={obligation.text} />
            </h4>
          )}
          <ul>
            {obligation.followUps.map((step) => (
              <li key={step.id}>
                <StepView obligation={obligation.id} step={step} />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}

function StepView(props: { obligation: string; step: Step }): ReactNode {
  const { t } = useTranslation('follow');
  const names = useNames();
  const format = useFormat();
  const { data: who } = useWho();
  const [isOpen, setOpen] = useState(false);
  const { step } = props;
  return (
    <>
      <p className="follow-head">
        <time dateTime={step.occurredOn}>{format.date(step.occurredOn)}</time>
        {step.doneBy && <bdi>{step.doneBy}</bdi>}
        {step.duty && <span>{t('forDate', { date: format.date(step.duty.dueOn) })}</span>}
      </p>
      <p>
        <Texted text={step.action} fallback="" />
      </p>
      {step.result && (
        <p>
          {t('result')} <Texted text={step.result} />
        </p>
      )}
      {(step.nextStep || step.nextOn) && (
        <p className="follow-next">
          <span>
            {t('next')} <Texted text={step.nextStep} fallback="" /> {step.nextOn && t('until', { date: format.date(step.nextOn) })}
          </span>
          {step.nextState && <Badge state={dutyBadge[step.nextState] ?? 'neutral'}>{names('ObligationState', step.nextState)}</Badge>}
        </p>
      )}
      {entersRecords(who) && (
        // The form is read once it is asked for.
        <details className="follow-change" onToggle={(event) => setOpen(event.currentTarget.open)}>
          <summary>{t('change')}</summary>
          {isOpen && <Change {...props} />}
        </details>
      )}
    </>
  );
}

function Change(props: { obligation: string; step: Step }): ReactNode {
  const { t } = useTranslation('follow');
  const { obligation, step } = props;
  const form = useMemo(() => followUpOf(obligation), [obligation]);
  const remove = useChange(async (_: null) => (await ask(Remove, { input: { id: step.id, version: step.version } })).step);
  return (
    <div className="follow-form">
      <PeekForm kind="followUp" form={form} id={step.id} onMade={() => {}} />
      <Refusals lines={remove.wrong} />
      <p className="follow-note">{t(step.nextOn ? 'removeMeansNext' : 'removeMeans')}</p>
      <button type="button" className="look-button" disabled={remove.isPending} onClick={() => remove.send(null)}>
        <Undo2 aria-hidden size={15} /> {t('remove')}
      </button>
    </div>
  );
}
