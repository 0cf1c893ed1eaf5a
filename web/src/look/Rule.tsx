import type { ReactNode } from 'react';
import { useFormat } from '../shell/format';
import { type LocalizedTextFields, Texted } from './Texted';

/** A counting rule in one line. */
export function RuleLine(props: { text: LocalizedTextFields }): ReactNode {
  const format = useFormat();
  return <Texted text={{ ...props.text, text: format.digits(props.text.text) }} />;
}

/** A counting rule, a sentence a line: what was counted, and each thing that was settled on the way. */
export function Rule(props: { text: LocalizedTextFields }): ReactNode {
  const format = useFormat();
  const { text, locale, direction } = props.text;
  const sentences = format.digits(text).split(/(?<=[.؟!])\s+/);
  return (
    <ul className="look-rule" lang={locale} dir={direction === 'RTL' ? 'rtl' : 'ltr'}>
      {sentences.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}
