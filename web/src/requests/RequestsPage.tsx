import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { PeekHead } from '../desk/PeekHead';
import { Split } from '../desk/Split';
import { useDueWords } from '../desk/useDueWords';
import { usePlace } from '../desk/usePlace';
import { PeekForm } from '../edit/PeekForm';
import { type Role, TranslationRequestStatus } from '../gql/graphql';
import { useGraph } from '../graph/useGraph';
import { Badge } from '../look/Badge';
import { ErrorNote } from '../look/ErrorNote';
import { Loading } from '../look/Loading';
import { More } from '../look/More';
import { Texted } from '../look/Texted';
import { useNames } from '../look/useNames';
import { useFormat } from '../shell/format';
import { usePageTitle } from '../shell/language';
import { useWho } from '../sign/session';
import { RequestView } from './RequestView';
import { due } from './due';
import { request as form } from './request';
import { type Request, Requests, openStates } from './steps';
import './requests.css';

const NEW = 'new';
const keys = [{ key: 'S', name: 'step' }, { key: 'R', name: 'return' }, { key: 'Z', name: 'undo' }] as const;
const enter: readonly Role[] = ['EDITOR', 'TRANSLATOR', 'REVIEWER', 'CERTIFIER', 'APPROVER'];
const states = Object.values(TranslationRequestStatus);

/** The documents that are to be translated: by state, the next due first, with what is open beside the list. */
export default function RequestsPage(): ReactNode {
  const { t } = useTranslation(['requests', 'desk']);
  const format = useFormat();
  const names = useNames();
  const { data: who } = useWho();
  const [params, go] = usePlace();
  usePageTitle(t('title'));
  const state = states.find((each) => each === params.get('state')) ?? null;
  const mine = params.get('mine') === '1';
  const where = {
    status: state ? { eq: state } : { in: [...openStates] },
    ...(mine && who?.account ? { assignee: { id: { eq: who.account.id } } } : {}),
  };
  const { data, error, isPlaceholderData, refetch } = useGraph(Requests, { where, after: params.get('after') });
  if (error) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  if (!data || !who?.account) return <Loading />;
  const { nodes, totalCount, pageInfo } = data.translationRequests;
  const item = params.get('item');
  const open = nodes.find((each) => each.id === item);
  const mayEnter = who.roles.some((role) => enter.includes(role));
  const close = (): void => go({ item: null });
  // A step takes a request out of the list of its state: it is looked at where all that are open stand.
  const choose = (id: string): void => go({ item: id });
  return (
    <Split
      title={t('title')}
      lead={t('count', { count: totalCount, shown: format.number(totalCount) })}
      {...(mayEnter ? { onNew: { name: t('new'), act: () => choose(NEW) } } : {})}
      isBusy={isPlaceholderData}
      keys={mayEnter ? keys : []}
      tools={
        <>
          <label>
            {t('state')}
            <select value={state ?? ''} onChange={(event) => go({ state: event.target.value || null, after: null, item: null })}>
              <option value="">{t('open')}</option>
              {states.map((each) => (
                <option key={each} value={each}>
                  {names('TranslationRequestStatus', each)}
                </option>
              ))}
            </select>
          </label>
          <div className="desk-filter">
            <button type="button" aria-pressed={mine} onClick={() => go({ mine: mine ? null : '1', after: null })}>
              {t('mine')}
            </button>
          </div>
        </>
      }
      list={
        nodes.length === 0 ? (
          <p className="desk-none">{t(state !== null || mine ? 'noneFound' : mayEnter ? 'none' : 'noneOpen')}</p>
        ) : (
          <>
            <ul className="desk-rows">
              {nodes.map((each) => (
                <li key={each.id}>
                  <button type="button" className="desk-item" aria-pressed={each === open} onClick={() => choose(each.id)}>
                    <Row request={each} />
                  </button>
                </li>
              ))}
            </ul>
            <More page={pageInfo} onMore={(after) => go({ after, item: null })}>
              {t('more')}
            </More>
          </>
        )
      }
      choose={t('choose')}
      onClose={close}
      peek={
        item === NEW && mayEnter ? (
          <>
            <PeekHead onClose={close}>{t('title')}</PeekHead>
            <h2>{t('new')}</h2>
            <PeekForm kind="translationRequest" form={form} id={null} onMade={choose} />
          </>
        ) : (
          open && <RequestView key={open.id} request={open} who={{ id: who.account.id, roles: who.roles }} onClose={close} onMade={choose} />
        )
      }
    />
  );
}

function Row(props: { request: Request }): ReactNode {
  const { t } = useTranslation('requests');
  const format = useFormat();
  const names = useNames();
  const words = useDueWords();
  const { request } = props;
  const day = due(request);
  return (
    <>
      <span className="desk-what">
        <Texted text={request.title} fallback={<bdi dir="ltr">{request.code}</bdi>} /> <span className="desk-kind">{names('TranslationRequestStatus', request.status)}</span>
      </span>
      <span className="desk-who">{request.assigneeName ? <bdi>{request.assigneeName}</bdi> : t('nobody')}</span>
      {day ? <Badge state={day.state}>{day.isOver ? format.date(day.on) : words(day.daysLeft)}</Badge> : <Badge state="draft">{t('noDate')}</Badge>}
    </>
  );
}
