import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Shape } from '../look/Badge';
import { Texted } from '../look/Texted';
import { useFormat } from '../shell/format';
import type { AgendaEntry } from './agenda';
import { stateOf, useDueWords } from './useDueWords';

/** What lies further ahead has a date, not a count of days. */
const SOON_WORDS = 30;

/** One thing that is due, as a row: what, for which agreement, whose, and where the eye ends when. */
export function AgendaRow(props: { entry: AgendaEntry; isOpen: boolean; onOpen: () => void; /** Records what happened, from the row. */ onSettle?: () => void }): ReactNode {
  const { t } = useTranslation('desk');
  const format = useFormat();
  const words = useDueWords();
  const { entry } = props;
  const state = stateOf(entry.daysLeft);
  return (
    <div className="desk-row">
      <button type="button" className="desk-item desk-shaped" aria-pressed={props.isOpen} onClick={props.onOpen}>
        <Shape state={state} />
        <span className="desk-what">
          <Texted text={entry.title ?? entry.agreement?.title} fallback={entry.agreement?.code} />{' '}
          <span className="desk-kind">{entry.title && entry.agreement ? <Texted text={entry.agreement.title} fallback={entry.agreement.code} /> : t(`kind.${entry.kind}`)}</span>
        </span>
        <span className="desk-who">
          <Texted text={entry.organization?.name} fallback="" />
        </span>
        <time dateTime={entry.dueOn} title={format.date(entry.dueOn)} className={`desk-due desk-due-${state}`}>
          {entry.daysLeft > SOON_WORDS ? format.date(entry.dueOn) : words(entry.daysLeft)}
        </time>
      </button>
      {props.onSettle && (
        <button type="button" className="desk-row-act" onClick={props.onSettle} aria-label={t('day.settleOne', { what: entry.title?.text ?? entry.agreement?.code ?? '' })}>
          {t('day.settle')}
        </button>
      )}
    </div>
  );
}
