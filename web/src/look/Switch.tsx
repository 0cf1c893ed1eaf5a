import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

/** Ways of showing the same thing, side by side; the one that is shown is pressed. */
export function Switch<Value extends string>(props: {
  label: string;
  options: readonly { value: Value; name: string; Picture?: LucideIcon }[];
  chosen: Value;
  onChoose: (value: Value) => void;
}): ReactNode {
  return (
    <div className="look-switch" role="group" aria-label={props.label}>
      {props.options.map(({ value, name, Picture }) => (
        <button key={value} type="button" aria-pressed={value === props.chosen} onClick={() => props.onChoose(value)}>
          {Picture && <Picture aria-hidden size={16} />} {name}
        </button>
      ))}
    </div>
  );
}
