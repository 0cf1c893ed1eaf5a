import type { ReactNode } from 'react';

/** Why a change was refused, line by line; nothing if it was not. */
export function Refusals(props: { lines: readonly string[] }): ReactNode {
  if (props.lines.length === 0) return null;
  return (
    <div role="alert" className="look-refusals">
      <ul>
        {props.lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  );
}
