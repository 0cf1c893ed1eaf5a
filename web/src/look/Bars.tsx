import type { ReactNode } from 'react';

/** One bar: what it stands for, how long it is, and the number as written. */
export interface Bar {
  key: string;
  label: ReactNode;
  value: number;
  text: string;
}

/** Bars that grow from the reading edge, each with its number beside it: a table in itself. */
export function Bars(props: { rows: Bar[] }): ReactNode {
  const largest = Math.max(1, ...props.rows.map((row) => row.value));
  return (
    <table className="look-bars">
      <tbody>
        {props.rows.map((row) => (
          <tr key={row.key}>
            <th scope="row">{row.label}</th>
            <td aria-hidden>
              <progress className="look-bar" max={largest} value={Math.max(0, row.value)} />
            </td>
            <td className="look-number">{row.text}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
