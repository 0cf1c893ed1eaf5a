import { type KeyboardEvent, type MouseEvent, type ReactNode, useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { type AgendaEntry, keyOf } from '../desk/agenda';
import { Texted } from '../look/Texted';
import { useFormat } from '../shell/format';
import { useLanguage } from '../shell/language';
import { DueMark, standing } from './DueMark';
import { type Day, dayAfterKey, today } from './month';

/** As many items as a day shows before it only counts them. */
const SHOWN = 3;

/** A month as weeks and days; the arrows walk the days, Enter goes on to what is due on the one chosen. */
export function MonthGrid(props: {
  weeks: Day[][];
  first: number;
  chosen: Day;
  byDay: Map<Day, AgendaEntry[]>;
  isBusy: boolean;
  onChoose: (day: Day, item: string | null) => void;
  onEnter: () => void;
}): ReactNode {
  const { t } = useTranslation('calendar');
  const { dir } = useLanguage();
  const format = useFormat();
  const grid = useRef<HTMLTableElement>(null);
  const walks = useRef(false);
  // The focus follows the day that a key led to, also into another month.
  useLayoutEffect(() => {
    if (walks.current) grid.current?.querySelector<HTMLElement>('[aria-selected=true]')?.focus();
    walks.current = false;
  }, [props.chosen]);
  const keys = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      return props.onEnter();
    }
    const next = dayAfterKey(event.key, props.chosen, props.first, dir);
    if (next === null) return;
    event.preventDefault();
    walks.current = true;
    props.onChoose(next, null);
  };
  const click = (event: MouseEvent): void => {
    const day = (event.target as HTMLElement).closest<HTMLElement>('[data-day]')?.dataset['day'];
    if (day) props.onChoose(day, (event.target as HTMLElement).closest<HTMLElement>('[data-item]')?.dataset['item'] ?? null);
  };
  const now = today();
  const month = props.chosen.slice(0, 7);
  return (
    <table ref={grid} className="calendar-grid" role="grid" aria-label={format.month(props.chosen)} aria-busy={props.isBusy} onKeyDown={keys} onClick={click}>
      <thead>
        <tr>
          {props.weeks[0]?.map((day) => (
            <th key={day} scope="col">
              <abbr title={format.weekday(day, 'long')}>{format.weekday(day, 'short')}</abbr>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {props.weeks.map((week) => (
          <tr key={week[0]}>
            {week.map((day) => {
              const entries = props.byDay.get(day) ?? [];
              const late = entries.filter((entry) => standing(entry) === 'late').length;
              const says = [`${format.weekday(day, 'long')} ${format.date(day)}`, entries.length > 0 && t('items', { count: entries.length }), late > 0 && t('lateItems', { count: late })];
              return (
                <td
                  key={day}
                  role="gridcell"
                  data-day={day}
                  tabIndex={day === props.chosen ? 0 : -1}
                  aria-selected={day === props.chosen}
                  aria-current={day === now ? 'date' : undefined}
                  className={day.startsWith(month) ? undefined : 'calendar-beyond'}
                >
                  <span className="hidden">{says.filter(Boolean).join(t('comma'))}</span>
                  <span aria-hidden className="calendar-date">
                    {format.number(Number(day.slice(8)))}
                    {day === now && <em> {t('today')}</em>}
                  </span>
                  {entries.slice(0, SHOWN).map((entry) => (
                    <span key={keyOf(entry)} data-item={keyOf(entry)} className={`calendar-item calendar-${standing(entry)}`}>
                      <DueMark entry={entry} /> <Texted text={entry.title ?? entry.agreement?.title} fallback={entry.agreement?.code} />
                    </span>
                  ))}
                  {entries.length > SHOWN && <span aria-hidden className="calendar-more">{t('more', { count: entries.length - SHOWN })}</span>}
                  {entries.length > 0 && <span aria-hidden className={late > 0 ? 'calendar-count calendar-late' : 'calendar-count'}>{format.number(entries.length)}</span>}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
