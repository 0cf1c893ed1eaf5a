import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { PeekHead } from '../desk/PeekHead';
import { Split } from '../desk/Split';
import { graphql } from '../gql';
import type { AgreementWhere, DeskTermsQuery, ObligationState } from '../gql/graphql';
import { useGraph } from '../graph/useGraph';
import { Badge } from '../look/Badge';
import { ErrorNote } from '../look/ErrorNote';
import { Loading } from '../look/Loading';
import { More } from '../look/More';
import { Switch } from '../look/Switch';
import { Texted } from '../look/Texted';
import { useNames } from '../look/useNames';
import AdoptSet from '../reporting/AdoptSet';
import { To } from '../shell/To';
import { useFormat } from '../shell/format';
import { usePageTitle } from '../shell/language';
import { withParam } from '../shell/withParam';
import { DueMark, standing } from './DueMark';
import { plusDays, today } from './month';
import './calendar.css';

const Terms = graphql(`
  query DeskTerms($where: AgreementWhere, $after: Cursor) {
    agreements(where: $where, orderBy: [{ field: EXPIRES_ON, direction: ASC, nulls: LAST }], first: 25, after: $after) {
      totalCount
      pageInfo { endCursor hasNextPage }
      nodes {
        id
        code
        status
        signedOn
        expiresOn
        renewal
        title { text locale direction }
        owner { name { text locale direction } }
        deadlines { kind dueOn state daysLeft }
        obligations(where: { state: { in: [OVERDUE, DUE_SOON, PENDING] } }, first: 20) {
          totalCount
          nodes { id dueOn state text { text locale direction } obligor { name { text locale direction } } duties { dueOn state } }
        }
      }
    }
  }
`);

type Term = DeskTermsQuery['agreements']['nodes'][number];
/** A duty with the one of its dates that comes next, or the oldest that is overdue. */
interface NextDuty extends Pick<Term['obligations']['nodes'][number], 'id' | 'text' | 'obligor'> {
  dueOn: string;
  state: ObligationState;
}

/** What an agreement looks like that is expiring soon: its end lies within so many days. */
const SOON_DAYS = 180;
const shows = ['running', 'expiring', 'late'] as const;
type Show = (typeof shows)[number];

const running: AgreementWhere = { status: { in: ['SIGNED', 'RATIFYING', 'IN_FORCE', 'SUSPENDED'] } };
const overdue: AgreementWhere = { obligations: { some: { or: [{ state: { eq: 'OVERDUE' } }, { duties: { some: { state: { eq: 'OVERDUE' } } } }] } } };

const whereOf: Record<Show, () => AgreementWhere> = {
  running: () => running,
  expiring: () => ({ ...running, expiresOn: { gte: today(), lte: plusDays(today(), SOON_DAYS) } }),
  late: () => ({ ...running, ...overdue }),
};

/** The open duties of an agreement by their date; of one that recurs, its first open date. */
function dutiesOf(agreement: Term): NextDuty[] {
  return agreement.obligations.nodes
    .flatMap(({ duties, ...obligation }) => {
      const open = duties.filter((duty) => duty.state !== 'DONE' && duty.state !== 'WAIVED').sort((a, b) => a.dueOn.localeCompare(b.dueOn))[0];
      const { dueOn, state } = open ?? obligation;
      return dueOn ? [{ ...obligation, dueOn, state }] : [];
    })
    .sort((a, b) => a.dueOn.localeCompare(b.dueOn));
}

/** The register of agreements by what their terms demand: the next deadline, the next duty, the end. */
export default function TermsPage(): ReactNode {
  const { t } = useTranslation(['calendar', 'desk']);
  const names = useNames();
  const format = useFormat();
  const [params, setParams] = useSearchParams();
  usePageTitle(t('desk:menu.terms'));
  const show = shows.find((one) => one === params.get('show')) ?? 'running';
  const { data, error, isPlaceholderData, refetch } = useGraph(Terms, { where: whereOf[show](), after: params.get('after') });
  if (error) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  const { nodes, totalCount, pageInfo } = data.agreements;
  const open = nodes.find((agreement) => agreement.id === params.get('item'));
  const choose = (item: string | null): void => setParams((before) => withParam(before, 'item', item), { replace: true, preventScrollReset: true });
  return (
    <Split
      title={t('desk:menu.terms')}
      count={t('agreements', { count: totalCount, shown: format.number(totalCount) })}
      isBusy={isPlaceholderData}
      tools={<Switch label={t('view')} options={shows.map((value) => ({ value, name: t(`show.${value}`) }))} chosen={show} onChoose={(next) => setParams(next === 'running' ? {} : { show: next })} />}
      list={
        <>
          {nodes.length === 0 && <p className="desk-none">{t(`noTerms.${show}`)}</p>}
          {nodes.length > 0 && (
            <table className="calendar-terms">
              <thead>
                <tr>
                  {(['title', 'deadline', 'duty', 'expires'] as const).map((name) => (
                    <th key={name} scope="col">
                      {t(`column.${name}`)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {nodes.map((agreement) => {
                  const [deadline] = agreement.deadlines;
                  const [duty] = dutiesOf(agreement);
                  return (
                    <tr key={agreement.id}>
                      <th scope="row">
                        <button type="button" className="desk-item" aria-pressed={agreement === open} onClick={() => choose(agreement.id)}>
                          <Texted text={agreement.title} fallback={agreement.code} />
                        </button>
                        <small>
                          {names('AgreementStatus', agreement.status)} · <bdi dir="ltr">{agreement.code}</bdi>
                        </small>
                      </th>
                      <td data-head={t('column.deadline')}>
                        {deadline ? (
                          <>
                            <Due item={deadline} />
                            <small>{t(`desk:kind.${deadline.kind}`)}</small>
                          </>
                        ) : (
                          '–'
                        )}
                      </td>
                      <td data-head={t('column.duty')}>
                        {duty ? (
                          <>
                            <Due item={duty} />
                            <small>
                              <Texted text={duty.text} />
                            </small>
                          </>
                        ) : (
                          '–'
                        )}
                      </td>
                      <td data-head={t('column.expires')}>{agreement.expiresOn ? format.date(agreement.expiresOn) : '–'}</td>
                    </tr>
                  );
                })}
              </tbody>
            </table>
          )}
          <More page={pageInfo} onMore={(after) => setParams((before) => withParam(withParam(before, 'item', null), 'after', after))}>
            {t('nextPage')}
          </More>
        </>
      }
      peek={open && <AgreementTerms agreement={open} onClose={() => choose(null)} />}
      choose={t('chooseTerms')}
      onClose={() => choose(null)}
    />
  );
}

/** A date with where it stands, which leads to its day in the calendar. */
function Due(props: { item: { dueOn: string; state: ObligationState } }): ReactNode {
  const { t } = useTranslation('calendar');
  const format = useFormat();
  return (
    <span className={`calendar-${standing(props.item)}`}>
      <DueMark entry={props.item} /> <span className="hidden">{t(`standing.${standing(props.item)}`)}</span> <To to={`/desk/calendar?day=${props.item.dueOn}`}>{format.date(props.item.dueOn)}</To>
    </span>
  );
}

/** One agreement with all its deadlines and open duties. */
function AgreementTerms(props: { agreement: Term; onClose: () => void }): ReactNode {
  const { t } = useTranslation(['calendar', 'desk']);
  const names = useNames();
  const format = useFormat();
  const { agreement } = props;
  const duties = dutiesOf(agreement);
  return (
    <>
      <PeekHead onClose={props.onClose}>
        {t('desk:record.Agreement')} · <bdi dir="ltr">{agreement.code}</bdi>
      </PeekHead>
      <h2>
        <To to={`/agreements/${agreement.id}`}>
          <Texted text={agreement.title} fallback={agreement.code} />
        </To>
      </h2>
      <p>
        <Badge state={agreement.status === 'IN_FORCE' ? 'published' : 'neutral'}>{names('AgreementStatus', agreement.status)}</Badge>
      </p>
      <dl>
        {agreement.owner && (
          <div>
            <dt>{t('owner')}</dt>
            <dd>
              <Texted text={agreement.owner.name} />
            </dd>
          </div>
        )}
        {agreement.signedOn && (
          <div>
            <dt>{t('signed')}</dt>
            <dd>{format.date(agreement.signedOn)}</dd>
          </div>
        )}
        <div>
          <dt>{t('renewal')}</dt>
          <dd>{names('RenewalRule', agreement.renewal)}</dd>
        </div>
        {agreement.deadlines.map((deadline) => (
          <div key={deadline.kind + deadline.dueOn}>
            <dt>{t(`desk:kind.${deadline.kind}`)}</dt>
            <dd>
              <Due item={deadline} /> {t('inBrackets', { text: format.days(deadline.daysLeft) })}
            </dd>
          </div>
        ))}
        {duties.map((duty) => (
          <div key={duty.id}>
            <dt>
              <Due item={duty} />
            </dt>
            <dd>
              <Texted text={duty.text} />
              {duty.obligor && (
                <small className="desk-kind">
                  {' '}
                  · <Texted text={duty.obligor.name} />
                </small>
              )}
            </dd>
          </div>
        ))}
      </dl>
      {duties.length < agreement.obligations.totalCount && <p className="desk-none">{t('dutiesCut', { shown: format.number(duties.length), total: format.number(agreement.obligations.totalCount) })}</p>}
      <AdoptSet agreement={agreement.id} />
    </>
  );
}
