import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeliveredCountedFragment } from '../gql/graphql';
import { Rates } from '../look/Rates';
import { Texted } from '../look/Texted';
import { useNames } from '../look/useNames';
import { useFormat } from '../shell/format';

/** How the figures were counted: the rule of each, what was left out, and by which exchange rates. */
export function Counted(props: { funding: readonly DeliveredCountedFragment[] }): ReactNode {
  const { t } = useTranslation('agreement');
  const names = useNames();
  const format = useFormat();
  const left = props.funding.reduce((sum, { excluded }) => sum + excluded.reduce((of, each) => of + each.count, 0), 0);
  return (
    <details className="agreement-counted">
      <summary>
        {t('counted.title')} <span className="record-note">{t('counted.left', { count: left, shown: format.number(left) })}</span>
      </summary>
      {props.funding.map(({ measure, rule, excluded, rates }) => (
        <div key={measure}>
          <h3>{names('FundingMeasure', measure)}</h3>
          <p>
            <strong>{t('counted.rule')}</strong> <Texted text={rule} />
          </p>
          {excluded.length > 0 && (
            <dl>
              {excluded.map((each) => (
                <div key={each.reason + each.currency}>
                  <dt>{names('FundingExclusionReason', each.reason)}</dt>
                  <dd>
                    {format.moneyShort(each.amount, each.currency)} · {t('counted.amounts', { count: each.count, shown: format.number(each.count) })}
                  </dd>
                </div>
              ))}
            </dl>
          )}
          {rates.length > 0 && <Rates rates={rates} />}
        </div>
      ))}
      {(['places', 'indicators', 'obligations'] as const).map((name) => (
        <div key={name}>
          <h3>{t(`delivered.${name}`)}</h3>
          <p>
            <strong>{t('counted.rule')}</strong> {t(`counted.${name}`)}
          </p>
        </div>
      ))}
    </details>
  );
}
