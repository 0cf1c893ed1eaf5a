import { scaleLinear } from 'd3-scale';
import type { ReactNode } from 'react';
import { useLanguage } from '../shell/language';

const WIDTH = 1000;

/** Money against an envelope, from the reading edge: the envelope, in it what was committed, in that what was disbursed. The words beside it say the same. */
export function EnvelopeBar(props: { envelope: string | null; committed: string | null; disbursed: string | null }): ReactNode {
  const { dir } = useLanguage();
  const amounts = { envelope: Number(props.envelope ?? 0), committed: Number(props.committed ?? 0), disbursed: Number(props.disbursed ?? 0) };
  const along = scaleLinear([0, Math.max(1, ...Object.values(amounts))], [0, WIDTH]);
  return (
    <svg className="agreement-envelope" viewBox={`0 0 ${WIDTH} 14`} preserveAspectRatio="none" aria-hidden>
      {(['envelope', 'committed', 'disbursed'] as const).map((part) => {
        const width = along(Math.max(0, amounts[part]));
        return <rect key={part} className={`agreement-${part}`} x={dir === 'rtl' ? WIDTH - width : 0} width={width} height={14} />;
      })}
    </svg>
  );
}
