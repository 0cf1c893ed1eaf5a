import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { recordTypes } from '../edit/kinds';
import { AgendaKind } from '../gql/graphql';
import { useGraph } from '../graph/useGraph';
import { ErrorNote } from '../look/ErrorNote';
import { Loading } from '../look/Loading';
import { fieldTexts } from '../look/useFieldNames';
import { To } from '../shell/To';
import { useFormat } from '../shell/format';
import { usePageTitle } from '../shell/language';
import { entersRecords, staff, useWho } from '../sign/session';
import { AgendaPreview } from './AgendaPreview';
import { AgendaRow } from './AgendaRow';
import { DayGroup } from './DayGroup';
import { PieceRow } from './PieceRow';
import { PieceView } from './PieceView';
import { Split } from './Split';
import { StaleTexts } from './StaleTexts';
import { type AgendaEntry, Day, MOST, dayFrom, keyOf } from './agenda';
import { SOON_DAYS } from './useDueWords';
import { useMenuCounts } from './useWorkCounts';
import { Work, keysOf, piecesOf } from './work';

const kinds = Object.values(AgendaKind);
/** As many of what can wait stand on my day; their own pages have them all. */
const FEW = 5;
const NOON = 12;

/** What an officer records from here: that a duty was done or waived, or what followed on a step. */
const settles = ({ record }: AgendaEntry): boolean => record?.__typename === 'Duty' || record?.__typename === 'Obligation' || record?.__typename === 'ObligationFollowUp';

/** My day: what is late, what comes soon, what waits for me, with the item chosen beside the list. */
export default function DayPage(): ReactNode {
  const { t } = useTranslation(['desk', ...fieldTexts]);
  const format = useFormat();
  const { data: who } = useWho();
  const [params, setParams] = useSearchParams();
  usePageTitle(t('menu.day'));
  const [wanted, setWanted] = useState<{ key: string; time: number } | null>(null);
  const [taken, setTaken] = useState<string | null>(null);
  const chosen = kinds.find((kind) => kind === params.get('kind')) ?? null;
  // Asked for apart, so that a long list of what is late hides nothing of what comes.
  const past = useGraph(Day, { from: null, to: dayFrom(-1), kinds: chosen ? [chosen] : null });
  const ahead = useGraph(Day, { from: dayFrom(0), to: null, kinds: chosen ? [chosen] : null });
  const work = useGraph(Work, { states: ['SUBMITTED', 'RETURNED'], changes: ['SUBMITTED', 'RETURNED'], types: recordTypes });
  const roles = who?.roles ?? [];
  const counts = useMenuCounts(roles);
  const failed = [past, ahead].find((answer) => answer.error && !answer.data);
  if (failed) return <ErrorNote error={failed.error} onRetry={() => void failed.refetch()} />;
  if (!past.data || !ahead.data) return <Loading />;
  const [late, coming] = [past.data.agenda, ahead.data.agenda];
  const soon = coming.filter((entry) => entry.daysLeft <= SOON_DAYS);
  const later = coming.filter((entry) => entry.daysLeft > SOON_DAYS);
  const pieces = work.data ? piecesOf(work.data) : [];
  const item = params.get('item');
  const shown = [...late, ...coming];
  const open = shown.find((entry) => keyOf(entry) === item) ?? null;
  const piece = pieces.find((one) => one.key === item) ?? null;
  const choose = (name: 'kind' | 'item', value: string | null): void => {
    const next = new URLSearchParams(params);
    if (value === null) next.delete(name);
    else next.set(name, value);
    setParams(next, { preventScrollReset: true, replace: name === 'item' });
  };
  const close = (): void => choose('item', null);
  const settle = (entry: AgendaEntry): void => {
    // The form beside the row takes the focus, whether it comes now or stands already.
    setWanted({ key: keyOf(entry), time: Date.now() });
    choose('item', keyOf(entry));
  };
  const rows = (entries: readonly AgendaEntry[]): ReactNode =>
    entries.map((entry) => (
      <li key={keyOf(entry)}>
        <AgendaRow entry={entry} isOpen={open === entry} onOpen={() => choose('item', keyOf(entry))} {...(entersRecords(who) && settles(entry) && { onSettle: () => settle(entry) })} />
      </li>
    ));
  const waiting = (state: 'SUBMITTED' | 'RETURNED'): ReactNode =>
    pieces
      .filter((one) => one.state === state)
      .slice(0, FEW)
      .map((one) => (
        <li key={one.key}>
          <PieceRow piece={one} isOpen={piece === one} onOpen={() => choose('item', one.key)} />
        </li>
      ));
  const isGone = taken !== null && !shown.some((entry) => keyOf(entry) === taken);
  const number = (count: number, isCut: boolean): string => format.number(count) + (isCut ? '+' : '');
  const today = new Date().toISOString();
  return (
    <Split
      title={t(new Date().getHours() < NOON ? 'day.morning' : 'day.evening')}
      lead={`${format.weekday(today, 'long')} ${format.date(today)}`}
      isBusy={past.isPlaceholderData || ahead.isPlaceholderData}
      keys={keysOf('day', who)}
      tools={
        <>
          <ul className="desk-sum" aria-label={t('day.sum')}>
            <li className={late.length > 0 ? 'desk-hot' : undefined}>
              <a href="#late">
                <b>{number(late.length, late.length === MOST)}</b> {t('day.late')}
              </a>
            </li>
            <li>
              <a href="#soon">
                <b>{number(soon.length, soon.length === MOST)}</b> {t('day.soon')}
              </a>
            </li>
            <li>
              <To to="/desk/review">
                <b>{format.number(counts['review'] ?? 0)}</b> {t('day.review')}
              </To>
            </li>
            <li>
              <To to="/desk/drafts">
                <b>{format.number(counts['drafts'] ?? 0)}</b> {t('day.returned')}
              </To>
            </li>
            {roles.some((role) => staff.includes(role)) && (
              <li>
                <To to="/desk/translations?task=STALE">
                  <b>{format.number(counts['translations'] ?? 0)}</b> {t('day.stale')}
                </To>
              </li>
            )}
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
        </>
      }
      list={
        <>
          <p role="status" className="desk-taken">
            {isGone && t('day.taken')}
          </p>
          {shown.length === 0 && <p className="desk-none">{t('day.none')}</p>}
          {late.length > 0 && (
            <DayGroup name="late" count={late.length} isCut={late.length === MOST}>
              {rows(late)}
            </DayGroup>
          )}
          {soon.length > 0 && (
            <DayGroup name="soon" count={soon.length} isCut={soon.length === MOST} to={{ page: '/desk/calendar', name: 'day.agenda' }}>
              {rows(soon)}
            </DayGroup>
          )}
          {later.length > 0 && (
            <DayGroup name="later" count={later.length} isCut={coming.length === MOST} to={{ page: '/desk/calendar', name: 'day.agenda' }}>
              {rows(chosen ? later : later.filter((entry, at) => at < FEW || entry === open))}
            </DayGroup>
          )}
          {!chosen && (counts['review'] ?? 0) > 0 && (
            <DayGroup name="review" count={counts['review'] ?? 0} to={{ page: '/desk/review', name: 'day.every' }}>
              {waiting('SUBMITTED')}
            </DayGroup>
          )}
          {!chosen && (counts['drafts'] ?? 0) > 0 && (
            <DayGroup name="returned" count={counts['drafts'] ?? 0} to={{ page: '/desk/drafts', name: 'day.every' }}>
              {waiting('RETURNED')}
            </DayGroup>
          )}
          {!chosen && roles.some((role) => staff.includes(role)) && <StaleTexts />}
        </>
      }
      peek={
        open ? (
          <AgendaPreview key={keyOf(open)} entry={open} wanted={wanted?.key === keyOf(open) ? wanted.time : 0} onClose={close} onTaken={() => setTaken(keyOf(open))} />
        ) : (
          piece && <PieceView key={piece.key} piece={piece} onClose={close} />
        )
      }
      choose={t('day.choose')}
      onClose={close}
    />
  );
}
