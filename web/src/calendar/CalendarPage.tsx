import { CalendarDays, CalendarSync, ChevronLeft, ChevronRight, List } from 'lucide-react';
import { type ReactNode, useLayoutEffect, useRef, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { AgendaPreview } from '../desk/AgendaPreview';
import { PeekHead } from '../desk/PeekHead';
import { type AgendaEntry, MOST, keyOf } from '../desk/agenda';
import { walk } from '../desk/walk';
import { AgendaKind, type ObligationState } from '../gql/graphql';
import { ErrorNote } from '../look/ErrorNote';
import { Switch } from '../look/Switch';
import { Texted } from '../look/Texted';
import { useFormat } from '../shell/format';
import { useLanguage, usePageTitle } from '../shell/language';
import { DueMark, standing } from './DueMark';
import { Filters } from './Filters';
import { MonthGrid } from './MonthGrid';
import { Subscribe } from './Subscribe';
import { firstWeekday, plusMonths, readDay, today, weeksOf } from './month';
import { useDue } from './useDue';
import './calendar.css';

const kinds = Object.values(AgendaKind);
const settled: ObligationState[] = ['PENDING', 'DUE_SOON', 'OVERDUE', 'DONE', 'WAIVED'];

const narrow = window.matchMedia('(max-width: 760px)');
function useNarrow(): boolean {
  return useSyncExternalStore(
    (told) => {
      narrow.addEventListener('change', told);
      return () => narrow.removeEventListener('change', told);
    },
    () => narrow.matches,
  );
}

/** The agenda as a calendar: a month of days, or as a list of what is due in it, with the day or the item chosen beside it. */
export default function CalendarPage(): ReactNode {
  const { t } = useTranslation(['calendar', 'desk']);
  const { dir } = useLanguage();
  const format = useFormat();
  const [params, setParams] = useSearchParams();
  const peek = useRef<HTMLElement>(null);
  const follows = useRef(false);
  const isNarrow = useNarrow();
  usePageTitle(t('desk:menu.calendar'));
  const chosen = readDay(params.get('day')) ?? today();
  const view = params.get('view') ?? (isNarrow ? 'list' : 'month');
  const first = firstWeekday();
  const weeks = weeksOf(chosen, first);
  const kind = kinds.find((one) => one === params.get('kind'));
  const due = useDue(
    weeks.map(([start = '']) => start),
    { kinds: kind ? [kind] : null, owner: params.get('owner'), organization: params.get('organization'), states: params.has('settled') ? settled : null },
  );
  const change = (values: Record<string, string | null>): void => {
    const next = new URLSearchParams(params);
    for (const [name, value] of Object.entries(values)) {
      if (value === null) next.delete(name);
      else next.set(name, value);
    }
    setParams(next, { preventScrollReset: true, replace: 'item' in values });
  };
  const ofDay = due.byDay.get(chosen) ?? [];
  const open = ofDay.find((entry) => keyOf(entry) === params.get('item'));
  // What was opened from the day takes its place, and the focus with it.
  useLayoutEffect(() => {
    if (open && follows.current) peek.current?.querySelector<HTMLElement>('.desk-close')?.focus();
    follows.current = false;
  }, [open]);
  const openOfDay = (entry: AgendaEntry): void => {
    follows.current = true;
    change({ item: keyOf(entry) });
  };
  const [Back, Forth] = dir === 'rtl' ? [ChevronRight, ChevronLeft] : [ChevronLeft, ChevronRight];
  const step = (months: number): void => change({ day: plusMonths(chosen, months), item: null });
  return (
    <div className="desk-split">
      <section className="desk-list">
        <header className="desk-head">
          <h1>{format.month(chosen)}</h1>
          <div className="calendar-steps">
            <button type="button" className="look-button" aria-label={t('previous')} onClick={() => step(-1)}>
              <Back aria-hidden size={16} />
            </button>
            <button type="button" className="look-button" onClick={() => change({ day: null, item: null })}>
              {t('toToday')}
            </button>
            <button type="button" className="look-button" aria-label={t('next')} onClick={() => step(1)}>
              <Forth aria-hidden size={16} />
            </button>
          </div>
          <Switch
            label={t('view')}
            options={[
              { value: 'month', name: t('views.month'), Picture: CalendarDays },
              { value: 'list', name: t('views.list'), Picture: List },
            ]}
            chosen={view}
            onChoose={(value) => change({ view: value })}
          />
          <button type="button" className="look-button" aria-pressed={params.has('subscribe')} onClick={() => change({ subscribe: params.has('subscribe') ? null : '1' })}>
            <CalendarSync aria-hidden size={16} /> {t('subscribe.title')}
          </button>
        </header>
        <Filters params={params} onChange={change} />
        {due.error !== null && <ErrorNote error={due.error} onRetry={due.retry} />}
        {due.cut.length > 0 && <p className="desk-none">{t('cut', { count: MOST })}</p>}
        {view === 'month' ? (
          <>
            <MonthGrid
              weeks={weeks}
              first={first}
              chosen={chosen}
              byDay={due.byDay}
              isBusy={due.isFetching}
              onChoose={(day, item) => change({ day, item })}
              onEnter={() => (peek.current?.querySelector<HTMLElement>('.desk-item') ?? peek.current?.querySelector<HTMLElement>('.desk-close'))?.focus()}
            />
            <p className="calendar-keys">
              <kbd>← ↑ ↓ →</kbd> {t('keys.days')} <kbd>PgUp PgDn</kbd> {t('keys.months')} <kbd>T</kbd> {t('today')} <kbd>↵</kbd> {t('keys.enter')} <kbd>Esc</kbd> {t('keys.back')}
            </p>
          </>
        ) : (
          <MonthList month={chosen.slice(0, 7)} byDay={due.byDay} isKnown={due.isKnown} open={open ? keyOf(open) : null} onOpen={(entry) => change({ day: entry.dueOn, item: keyOf(entry) })} />
        )}
      </section>
      <aside
        ref={peek}
        className="desk-peek"
        aria-label={t('desk:preview')}
        onKeyDown={(event) => {
          if (event.key === 'Escape') document.querySelector<HTMLElement>('.calendar-grid [aria-selected=true]')?.focus();
        }}
      >
        {params.has('subscribe') ? (
          <Subscribe owner={params.get('owner')} organization={params.get('organization')} onClose={() => change({ subscribe: null })} />
        ) : open ? (
          <AgendaPreview key={keyOf(open)} entry={open} onClose={() => change({ item: null })} />
        ) : view === 'month' && (!isNarrow || params.has('day')) ? (
          <>
            <PeekHead onClose={() => change({ day: null, item: null })}>{format.weekday(chosen, 'long')}</PeekHead>
            <h2>{format.date(chosen)}</h2>
            {ofDay.length > 0 ? <Items entries={ofDay} open={null} onOpen={openOfDay} /> : due.isKnown && <p className="desk-none">{t('nothing')}</p>}
          </>
        ) : (
          <p className="desk-none">{t('choose')}</p>
        )}
      </aside>
    </div>
  );
}

/** What is due in a month, day by day. */
function MonthList(props: { month: string; byDay: Map<string, AgendaEntry[]>; isKnown: boolean; open: string | null; onOpen: (entry: AgendaEntry) => void }): ReactNode {
  const { t } = useTranslation('calendar');
  const format = useFormat();
  const days = [...props.byDay.keys()].filter((day) => day.startsWith(props.month)).sort();
  if (days.length === 0) return props.isKnown && <p className="desk-none">{t('nothingInMonth')}</p>;
  return (
    <div onKeyDown={walk}>
      {days.map((day) => (
        <section key={day} className="desk-group">
          <h2>
            {format.weekday(day, 'long')} <span>{format.date(day)}</span> {day === today() && <span>· {t('today')}</span>}
          </h2>
          <Items entries={props.byDay.get(day) ?? []} open={props.open} onOpen={props.onOpen} />
        </section>
      ))}
      <p className="calendar-keys">
        <kbd>↑ ↓</kbd> {t('keys.items')}
      </p>
    </div>
  );
}

/** Items that are due, a line each. */
function Items(props: { entries: AgendaEntry[]; open: string | null; onOpen: (entry: AgendaEntry) => void }): ReactNode {
  const { t } = useTranslation('desk');
  return (
    <ul className="desk-rows">
      {props.entries.map((entry) => (
        <li key={keyOf(entry)}>
          <button type="button" className="desk-item calendar-line" aria-pressed={keyOf(entry) === props.open} onClick={() => props.onOpen(entry)}>
            <span className="desk-what">
              <span className={`calendar-kind calendar-${standing(entry)}`}>
                <DueMark entry={entry} /> {t(`kind.${entry.kind}`)} · {t(`calendar:standing.${standing(entry)}`)}
              </span>{' '}
              <Texted text={entry.title ?? entry.agreement?.title} fallback={entry.agreement?.code} />
            </span>
            <span className="desk-who">
              <Texted text={entry.organization?.name} fallback="" />
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
