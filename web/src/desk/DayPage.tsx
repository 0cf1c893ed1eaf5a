import { type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { AgendaKind } from '../gql/graphql';
import { useGraph } from '../graph/useGraph';
import { Badge } from '../look/Badge';
import { ErrorNote } from '../look/ErrorNote';
import { Loading } from '../look/Loading';
import { Texted } from '../look/Texted';
import { To } from '../shell/To';
import { useFormat } from '../shell/format';
import { usePageTitle } from '../shell/language';
import { entersRecords, useWho } from '../sign/session';
import { AgendaPreview } from './AgendaPreview';
import { type AgendaEntry, Day, MOST, keyOf } from './agenda';
import { useWorkCounts } from './useWorkCounts';
import { walk } from './walk';

const kinds = Object.values(AgendaKind);
const SOON_DAYS = 14;
/** The day so many days from today, as YYYY-MM-DD. */
const dayFrom = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** What an officer records from here: that a duty was done or waived, or what followed on a step. */
const settles = ({ record }: AgendaEntry): boolean => record?.__typename === 'Duty' || record?.__typename === 'Obligation' || record?.__typename === 'ObligationFollowUp';

/** My day: what is late, what comes soon, what comes later, with the item chosen beside the list. */
export default function DayPage(): ReactNode {
  const { t } = useTranslation('desk');
  const format = useFormat();
  const { data: who } = useWho();
  const [params, setParams] = useSearchParams();
  usePageTitle(t('menu.day'));
  const list = useRef<HTMLElement>(null);
  const peek = useRef<HTMLElement>(null);
  const [wanted, setWanted] = useState<string | null>(null);
  const [taken, setTaken] = useState<{ key: string; at: number } | null>(null);
  const chosen = kinds.find((kind) => kind === params.get('kind')) ?? null;
  // Asked for apart, so that a long list of what is late hides nothing of what comes.
  const past = useGraph(Day, { from: null, to: dayFrom(-1), kinds: chosen ? [chosen] : null });
  const ahead = useGraph(Day, { from: dayFrom(0), to: null, kinds: chosen ? [chosen] : null });
  const work = useWorkCounts();
  const item = params.get('item');
  const shown = [...(past.data?.agenda ?? []), ...(ahead.data?.agenda ?? [])];
  const isGone = taken !== null && past.data !== undefined && ahead.data !== undefined && !shown.some((entry) => keyOf(entry) === taken.key);
  // What is recorded takes its form away, and often its row, and the focus with them: whoever worked there goes on in the list, at the same place.
  useLayoutEffect(() => {
    if (taken === null || (document.activeElement !== document.body && document.activeElement !== null)) return;
    const rows = [...(list.current?.querySelectorAll<HTMLElement>('.desk-item') ?? [])];
    (rows[Math.min(taken.at, rows.length - 1)] ?? list.current)?.focus();
  }, [isGone, taken]);
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
  const open = shown.find((entry) => keyOf(entry) === item) ?? null;
  const choose = (name: 'kind' | 'item', value: string | null): void => {
    const next = new URLSearchParams(params);
    if (value === null) next.delete(name);
    else next.set(name, value);
    setParams(next, { preventScrollReset: true, replace: name === 'item' });
  };
  const settle = (entry: AgendaEntry): void => {
    // The form beside the row takes the focus when it comes; where it stands already, at once.
    setWanted(keyOf(entry));
    peek.current?.querySelector<HTMLElement>('form textarea')?.focus();
    choose('item', keyOf(entry));
  };
  const count = (group: (typeof groups)[number]): string => format.number(group.entries.length) + (group.isCut ? '+' : '');
  return (
    <div className="desk-split">
      <section className="desk-list" ref={list} tabIndex={-1} aria-label={t('menu.day')} onKeyDown={walk}>
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
        <p role="status" className="desk-taken">
          {isGone && t('day.taken')}
        </p>
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
                    <li key={keyOf(entry)} className="desk-row">
                      <button type="button" className="desk-item" aria-pressed={open === entry} onClick={() => choose('item', keyOf(entry))}>
                        <span className="desk-what">
                          <span className="desk-kind">{t(`kind.${entry.kind}`)}</span> <Texted text={entry.title ?? entry.agreement?.title} fallback={entry.agreement?.code} />
                        </span>
                        <span className="desk-who">
                          <Texted text={entry.organization?.name} fallback="" />
                        </span>
                        <span className="desk-when">
                          <time dateTime={entry.dueOn}>{format.date(entry.dueOn)}</time>
                          <Badge state={entry.daysLeft < 0 ? 'late' : entry.daysLeft <= SOON_DAYS ? 'soon' : 'later'}>{format.days(entry.daysLeft)}</Badge>
                        </span>
                      </button>
                      {entersRecords(who) && settles(entry) && (
                        <button type="button" className="desk-row-act" onClick={() => settle(entry)} aria-label={t('day.settleOne', { what: entry.title?.text ?? entry.agreement?.code ?? '' })}>
                          {t('day.settle')}
                        </button>
                      )}
                    </li>
                  ))}
                </ul>
              </section>
            ),
        )}
      </section>
      <aside
        className="desk-peek"
        ref={peek}
        aria-label={t('preview')}
        onKeyDown={(event) => {
          if (event.key === 'Escape') list.current?.querySelector<HTMLElement>('.desk-item[aria-pressed=true]')?.focus();
        }}
      >
        {open ? <AgendaPreview key={keyOf(open)} entry={open} isWanted={wanted === keyOf(open)} onClose={() => choose('item', null)} onTaken={() => setTaken({ key: keyOf(open), at: shown.indexOf(open) })} /> : <p className="desk-none">{t('day.choose')}</p>}
      </aside>
    </div>
  );
}
