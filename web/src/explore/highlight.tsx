import type { ReactNode } from 'react';

/** The pieces of a hit, those that matched marked. The server writes plain text with <mark> around them and nothing else. */
export function Highlight(props: { text: string }): ReactNode {
  return props.text.split(/<mark>(.*?)<\/mark>/).map((piece, index) => (index % 2 === 1 ? <mark key={index}>{piece}</mark> : piece));
}
