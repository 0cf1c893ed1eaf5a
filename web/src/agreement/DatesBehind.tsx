import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../gql';
import { useGraph } from '../graph/useGraph';
import { Badge, type BadgeState } from '../look/Badge';
import { ErrorNote } from '../look/ErrorNote';
import { Loading } from '../look/Loading';
import { Texted } from '../look/Texted';
import { useNames } from '../look/useNames';
import { useFormat } from '../shell/format';
import { countsAs, type listsBehind } from './behind';

const Dates = graphql(`
  query AgreementDatesBehind($id: ID!) {
    agreement(by: { id: $id }) {
      obligations(first: 100) {
        totalCount
        nodes {
          id
          clause
          text { text locale direction }
          obligor { name { text locale direction } }
          recurrence
          outcome
          dueOn
          state
          settledOn
          evidence { text locale direction }
          duties { id dueOn state settledOn evidence { text locale direction } }
        }
      }
    }
  }
`);

/** How the state of an obligation looks. */
export const dutyBadge: Record<string, BadgeState> = { OVERDUE: 'late', DUE_SOON: 'soon', PENDING: 'later', DONE: 'done', WAIVED: 'archived' };

/** The dates on which obligations of the agreement were or are due, and what became of them; each date of one that recurs stands for itself. */
export function DatesBehind(props: { id: string; which: (typeof listsBehind)['obligations'][number]; year: number | null }): ReactNode {
  const { t } = useTranslation('agreement');
  const names = useNames();
  const format = useFormat();
  const { data, error, refetch } = useGraph(Dates, { id: props.id });
  if (error) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  const obligations = data?.agreement?.obligations;
  if (!obligations) return <Loading />;
  const today = new Date().toISOString().slice(0, 10);
  const rows = obligations.nodes
    .flatMap((obligation) => [...(obligation.recurrence === null || obligation.recurrence === undefined || obligation.outcome ? [{ obligation, date: obligation }] : []), ...obligation.duties.map((date) => ({ obligation, date }))])
    .filter(({ date }) => countsAs(props.which, date, today) && (props.year === null || date.dueOn?.startsWith(`${props.year}-`)))
    .sort((a, b) => (a.date.dueOn ?? '9999').localeCompare(b.date.dueOn ?? '9999'));
  const more = obligations.totalCount - obligations.nodes.length;
  return (
    <>
      {rows.length === 0 && <p className="record-none">{t('behind.nothing')}</p>}
      {rows.length > 0 && (
        <table className="record-table agreement-stack">
          <thead>
            <tr>
              <th scope="col">{t('behind.obligation')}</th>
              <th scope="col">{t('behind.obligor')}</th>
              <th scope="col">{t('behind.due')}</th>
              <th scope="col">{t('behind.settled')}</th>
              <th scope="col">{t('behind.standing')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ obligation, date }) => (
              <tr key={date.id}>
                <th scope="row">
                  <Texted text={obligation.text} />
                  <bdi className="record-note">{obligation.clause}</bdi>
                </th>
                <td data-label={t('behind.obligor')}>{obligation.obligor ? <Texted text={obligation.obligor.name} /> : t('none')}</td>
                <td data-label={t('behind.due')}>{date.dueOn ? format.date(date.dueOn) : t('none')}</td>
                <td data-label={t('behind.settled')}>
                  {date.settledOn ? format.date(date.settledOn) : t('none')}
                  {date.evidence && (
                    <span className="record-note">
                      <Texted text={date.evidence} />
                    </span>
                  )}
                </td>
                <td data-label={t('behind.standing')}>
                  <Badge state={dutyBadge[date.state] ?? 'neutral'}>{names('ObligationState', date.state)}</Badge>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {more > 0 && <p className="record-note">{t('behind.moreObligations', { count: more, shown: format.number(more) })}</p>}
    </>
  );
}
