import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import FollowUps from '../follow/FollowUps';
import { Badge } from '../look/Badge';
import { Facts } from '../look/Facts';
import { type LocalizedTextFields, Texted } from '../look/Texted';
import { To } from '../shell/To';
import { useFormat } from '../shell/format';
import { entersRecords, readsHistory, useWho } from '../sign/session';
import { FollowUp } from './FollowUp';
import { PeekHead } from './PeekHead';
import { SettleForm } from './SettleForm';
import type { AgendaEntry } from './agenda';
import { stateOf, useDueWords } from './useDueWords';

/** One thing that is due, with what is known of it and what can be done. */
export function AgendaPreview(props: { entry: AgendaEntry; onClose: () => void; onTaken?: () => void; /** When its form was asked for; 0 if it was not. */ wanted?: number }): ReactNode {
  const { t } = useTranslation('desk');
  const format = useFormat();
  const words = useDueWords();
  const { data: who } = useWho();
  const { entry } = props;
  const { record, agreement } = entry;
  const taken = props.onTaken ? { onTaken: props.onTaken } : {};
  const what = (entry.title ?? agreement?.title)?.text ?? agreement?.code ?? '';
  const obligation = record?.__typename === 'Duty' ? record.obligation : record?.__typename === 'Obligation' ? record : null;
  // The obligation about which something may have been done.
  const asked = obligation?.id ?? (record?.__typename === 'ObligationFollowUp' ? record.obligation.id : null);
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
    ['clause', obligation?.clause && <bdi key="clause">{obligation.clause}</bdi>],
    ['owner', entry.owner && <Texted text={entry.owner.name} />],
  ];
  return (
    <>
      <PeekHead onClose={props.onClose}>{t(`kind.${entry.kind}`)}</PeekHead>
      <h2>
        <Texted text={entry.title ?? agreement?.title} fallback={agreement?.code} />
      </h2>
      <p className="desk-acts">
        <Badge state={stateOf(entry.daysLeft)}>{words(entry.daysLeft)}</Badge>
        <span className="desk-kind">{t(entry.daysLeft < 0 ? 'day.wasDue' : 'day.isDue', { date: format.date(entry.dueOn) })}</span>
      </p>
      <Facts facts={facts} name={(name) => t(`fact.${name}`)} />
      {obligation && agreement && entersRecords(who) && <SettleForm agreement={agreement} what={what} obligation={obligation.id} duty={record?.__typename === 'Duty' ? record.id : null} wanted={props.wanted ?? 0} {...taken} />}
      {record?.__typename === 'ObligationFollowUp' && <FollowUp id={record.id} what={what} agreement={agreement ?? null} wanted={props.wanted ?? 0} {...taken} />}
      {asked && readsHistory(who) && <FollowUps where={{ id: { eq: asked } }} />}
    </>
  );
}
