import type { ReactNode } from 'react';
import { useFormat } from '../shell/format';

/** An exchange rate as an answer about money tells it. */
interface Rate {
  currency: string;
  inCurrency: string;
  source: string;
  lowest: string;
  highest: string;
}

/** The exchange rates by which amounts were converted: from what, into what, whose, and between which bounds. */
export function Rates(props: { rates: readonly Rate[] }): ReactNode {
  const format = useFormat();
  return (
    <dl className="look-rates">
      {props.rates.map((rate) => (
        <div key={rate.currency + rate.source}>
          <dt>
            <bdi dir="ltr">
              {rate.currency} → {rate.inCurrency}
            </bdi>
            <small>
              <bdi>{rate.source}</bdi>
            </small>
          </dt>
          <dd>
            <bdi dir="ltr">
              {format.number(rate.lowest, 6)} – {format.number(rate.highest, 6)}
            </bdi>
          </dd>
        </div>
      ))}
    </dl>
  );
}
