import { type KeyboardEvent, type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { graphql } from '../gql';
import { AgendaKind, type DeskDayQuery } from '../gql/graphql';
import { useGraph } from '../graph/useGraph';
import { Badge } from '../look/Badge';
import { ErrorNote } from '../look/ErrorNote';
import { Loading } from '../look/Loading';
import { Texted } from '../look/Texted';
import { To } from '../shell/To';
import { useFormat } from '../shell/format';
import { usePageTitle } from '../shell/language';
import { useWho } from '../sign/session';
import { AgendaPreview } from './AgendaPreview';
import { useWorkCounts } from './useWorkCounts';

const Day = graphql(`
  query DeskDay($from: Date, $to: Date, $kinds: [AgendaKind!]) {
    agenda(from: $from, to: $to, kinds: $kinds, first: 100) {
      kind
      dueOn
      daysLeft
      title { text locale direction }
      record {
        __typename
        ... on Duty { id obligation { id clause obligor { id name { text locale direction } } beneficiary { id name { text locale direction } } } }
        ... on Obligation { id clause obligor { id name { text locale direction } } beneficiary { id name { text locale direction } } }
        ... on Agreement { id }
        ... on TranslationRequest { id }
        ... on RecommendationAction { id }
      }
      agreement { id code version title { text locale direction } }
      organization { id name { text locale direction } }
      owner { id name { text locale direction } }
    }
  }
`);

/** One thing that is due. */
export type AgendaEntry = DeskDayQuery['agenda'][number];

const kinds = Object.values(AgendaKind);
const SOON_DAYS = 14;
/** As many as the query asks for; when they all come, there may be more. */
const MOST = 100;

/** Names an item in the address: a record can be due more than once. */
const keyOf = (entry: AgendaEntry): string => `${entry.kind}.${entry.record?.id ?? ''}.${entry.dueOn}`;

/** The day so many days from today, as YYYY-MM-DD. */
const dayFrom = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** My day: what is late, what comes soon, what comes later, with the item chosen beside the list. */
export default function DayPage(): ReactNode {
  const { t } = useTranslation('desk');
  const format = useFormat();
  const { data: who } = useWho();
  const [params, setParams] = useSearchParams();
  const list = useRef<HTMLDivElement>(null);
  usePageTitle(t('menu.day'));
  const chosen = kinds.find((kind) => kind === params.get('kind')) ?? null;
  // Asked for apart, so that a long list of what is late hides nothing of what comes.
  const past = useGraph(Day, { from: null, to: dayFrom(-1), kinds: chosen ? [chosen] : null });
  const ahead = useGraph(Day, { from: dayFrom(0), to: null, kinds: chosen ? [chosen] : null });
  const work = useWorkCounts();
  const failed = [past, ahead].find((answer) => answer.error);
  if (failed) return <ErrorNote error={failed.error} onRetry={() => void failed.refetch()} />;
  if (!past.data || !ahead.data) return <Loading />;
  const [late, coming] = [past.data.agenda, ahead.data.agenda];
  const soon = coming.filter((entry) => entry.daysLeft <= SOON_DAYS);
  const later = coming.filter((entry) => entry.daysLeft > SOON_DAYS);
  const groups = [
    { name: 'late', entries: late, isCut: late.length === MOST },
    { name: 'soon', entries: soon, isCut: soon.length === MOST },
    { name: 'later', entries: later, isCut: coming.length === MOST },
  ] as const;
  const open = [...late, ...coming].find((entry) => keyOf(entry) === params.get('item')) ?? null;
  const choose = (name: 'kind' | 'item', value: string | null): void => {
    const next = new URLSearchParams(params);
    if (value === null) next.delete(name);
    else next.set(name, value);
    setParams(next, { preventScrollReset: true, replace: name === 'item' });
  };
  // The arrows walk through the list, whatever group an item stands in.
  const walk = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const items = [...(list.current?.querySelectorAll<HTMLButtonElement>('.desk-item') ?? [])];
    const at = items.indexOf(document.activeElement as HTMLButtonElement);
    const next = items[at + step];
    if (at < 0 || !next) return;
    event.preventDefault();
    next.focus();
    next.click();
  };
  const count = (group: (typeof groups)[number]): string => format.number(group.entries.length) + (group.isCut ? '+' : '');
  return (
    <div className="desk-split">
      <section className="desk-list" ref={list} onKeyDown={walk}>
        <header className="desk-head">
          <h1>{t('day.greeting', { name: who?.account?.name ?? '' })}</h1>
          <span>{format.date(new Date().toISOString())}</span>
        </header>
        <ul className="desk-sum">
          <li className={late.length > 0 ? 'desk-hot' : undefined}>
            <a href="#late">
              <b>{count(groups[0])}</b> {t('day.late')}
            </a>
          </li>
          <li>
            <a href="#soon">
              <b>{count(groups[1])}</b> {t('day.soon')}
            </a>
          </li>
          <li>
            <To to="/desk/review">
              <b>{work ? format.number(work.review) : '…'}</b> {t('day.review')}
            </To>
          </li>
          <li>
            <To to="/desk/drafts">
              <b>{work ? format.number(work.returned) : '…'}</b> {t('day.returned')}
            </To>
          </li>
        </ul>
        <div className="desk-filter" role="group" aria-label={t('day.kinds')}>
          <button type="button" aria-pressed={chosen === null} onClick={() => choose('kind', null)}>
            {t('day.all')}
          </button>
          {kinds.map((kind) => (
            <button key={kind} type="button" aria-pressed={chosen === kind} onClick={() => choose('kind', kind)}>
              {t(`kind.${kind}`)}
            </button>
          ))}
        </div>
        {late.length + coming.length === 0 && <p className="desk-none">{t('day.none')}</p>}
        {groups.map(
          (group) =>
            group.entries.length > 0 && (
              <section key={group.name} id={group.name} className="desk-group" aria-labelledby={`desk-${group.name}`}>
                <h2 id={`desk-${group.name}`}>
                  {t(`day.${group.name}`)} <span>{count(group)}</span>
                </h2>
                <ul>
                  {group.entries.map((entry) => (
                    <li key={keyOf(entry)}>
                      <button type="button" className="desk-item" aria-pressed={open === entry} onClick={() => choose('item', keyOf(entry))}>
                        <span className="desk-what">
                          <span className="desk-kind">{t(`kind.${entry.kind}`)}</span> <Texted text={entry.title ?? entry.agreement?.title} fallback={entry.agreement?.code} />
                        </span>
                        <span className="desk-who">
                          <Texted text={entry.organization?.name} fallback="" />
                        </span>
                        <Badge state={entry.daysLeft < 0 ? 'late' : entry.daysLeft <= SOON_DAYS ? 'soon' : 'later'}>{format.days(entry.daysLeft)}</Badge>
                      </button>
                    </li>
                  ))}
                </ul>
              </section>
            ),
        )}
      </section>
      <aside className="desk-peek" aria-label={t('preview')}>
        {open ? <AgendaPreview key={keyOf(open)} entry={open} onClose={() => choose('item', null)} /> : <p className="desk-none">{t('day.choose')}</p>}
      </aside>
    </div>
  );
}
