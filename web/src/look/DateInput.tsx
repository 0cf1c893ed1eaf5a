import type { ClipboardEvent, InputHTMLAttributes, ReactNode } from 'react';
import { useFormat } from '../shell/format';
import { readDate } from './written';

/** A field for a day, which also takes a day that was copied from elsewhere, in whichever digits. */
export function DateInput(props: Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange' | 'onPaste' | 'type'> & { onWrite: (day: string) => void }): ReactNode {
  const format = useFormat();
  const { onWrite, ...rest } = props;
  const paste = (event: ClipboardEvent): void => {
    const day = readDate(event.clipboardData.getData('text'));
    if (day === null) return;
    event.preventDefault();
    onWrite(day);
  };
  return (
    <span className="look-date">
      <input {...rest} type="date" onChange={(event) => onWrite(event.target.value)} onPaste={paste} />
      {/* The field itself shows a day as the browser's language has it, which need not be the page's. */}
      {typeof rest.value === 'string' && rest.value !== '' && <small aria-hidden>{format.date(rest.value)}</small>}
    </span>
  );
}
