import type { ReactNode } from 'react';

/** What is known of something, a name and a value a line; what is not known has no line. */
export function Facts(props: { facts: readonly [name: string, value: ReactNode][]; name: (name: string) => string; className?: string }): ReactNode {
  return (
    <dl className={props.className}>
      {props.facts.map(
        ([name, value]) =>
          value && (
            <div key={name}>
              <dt>{props.name(name)}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}
