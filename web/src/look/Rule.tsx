import type { ReactNode } from 'react';
import type { LocalizedTextFields } from './Texted';

/** A counting rule, a sentence a line: what was counted, and each thing that was settled on the way. */
export function Rule(props: { text: LocalizedTextFields }): ReactNode {
  const { text, locale, direction } = props.text;
  const sentences = text.split(/(?<=[.؟!])\s+/);
  return (
    <ul className="look-rule" lang={locale} dir={direction === 'RTL' ? 'rtl' : 'ltr'}>
      {sentences.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}
