import { Check, Copy } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** Something that is shown this once, to be copied and handed over. */
export function Secret(props: { label: string; secret: string; note: string }): ReactNode {
  const { t } = useTranslation('users');
  const id = useId();
  const [copied, setCopied] = useState(false);
  // Where the browser lends no clipboard (a page over plain http) the field stands there, whole, to be copied by hand.
  const copy = (): void => {
    navigator.clipboard?.writeText(props.secret).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <div className="users-secret look-inputs" role="status">
      <label htmlFor={id}>{props.label}</label>
      <input id={id} readOnly dir="ltr" value={props.secret} onFocus={(event) => event.target.select()} />
      <p>{props.note}</p>
      <button type="button" className="look-button" onClick={copy}>
        {copied ? <Check aria-hidden className="icon" /> : <Copy aria-hidden className="icon" />} {t(copied ? 'copied' : 'copy')}
      </button>
    </div>
  );
}
