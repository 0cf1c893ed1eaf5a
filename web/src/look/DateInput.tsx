import { CalendarDays } from 'lucide-react';
import { type InputHTMLAttributes, type ReactNode, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../shell/format';
import { dayFirst, readDate } from './written';
import './date.css';

/**
 * A field for a day, written or pasted as people do, 14/3/2026 or 2026-03-14, in whichever digits, or chosen from a calendar. A browser's own field
 * shows days in the order of the browser's language, in which one reads the month for the day.
 */
export function DateInput(props: Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange' | 'type' | 'value'> & { value: string; onWrite: (day: string) => void }): ReactNode {
  const { t } = useTranslation('desk');
  const format = useFormat();
  const id = useId();
  const calendar = useRef<HTMLInputElement>(null);
  // What is being written, which need not be a day yet.
  const [text, setText] = useState<string | null>(null);
  const { value, onWrite, ...rest } = props;
  const isDay = text === null || text.trim() === '' || readDate(text) !== null;
  const write = (next: string): void => {
    setText(next);
    const day = next.trim() === '' ? '' : readDate(next);
    if (day !== null) onWrite(day);
  };
  return (
    <span className="look-date">
      <span>
        <input
          {...rest}
          inputMode="numeric"
          dir="ltr"
          autoComplete="off"
          maxLength={20}
          placeholder={t('dayLike')}
          value={text ?? dayFirst(value)}
          aria-invalid={!isDay || rest['aria-invalid'] || undefined}
          aria-describedby={[rest['aria-describedby'], isDay ? '' : `${id}like`].filter(Boolean).join(' ') || undefined}
          onChange={(event) => write(event.target.value)}
          // What is no day stays as it was written, and is said to be none; nothing of it is sent.
          onBlur={() => isDay && setText(null)}
          onKeyDown={(event) => {
            if (!event.altKey || event.key !== 'ArrowDown') return;
            event.preventDefault();
            calendar.current?.showPicker();
          }}
        />
        {/* By keys the calendar opens from the field: one more stop at each day would be in the way of those who write. */}
        <button type="button" tabIndex={-1} aria-label={t('dayChoose')} title={t('dayChoose')} onClick={() => calendar.current?.showPicker()}>
          <CalendarDays aria-hidden className="icon" />
        </button>
        <input
          ref={calendar}
          type="date"
          tabIndex={-1}
          aria-hidden
          value={value}
          onChange={(event) => {
            setText(null);
            onWrite(event.target.value);
          }}
        />
      </span>
      {isDay && value !== '' && <small aria-hidden>{format.date(value)}</small>}
      {!isDay && (
        <small id={`${id}like`} className="look-date-wrong">
          {t('dayWrong')}
        </small>
      )}
    </span>
  );
}
