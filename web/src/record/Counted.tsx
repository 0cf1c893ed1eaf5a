import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../gql';
import type { CountedMoneyFragment } from '../gql/graphql';
import { Rates } from '../look/Rates';
import { RuleLine } from '../look/Rule';
import { useNames } from '../look/useNames';
import { useFormat } from '../shell/format';
import './counted.css';

graphql(`
  fragment CountedMoney on Funding {
    measure
    rule { text locale direction }
    excluded { reason currency amount count }
    rates { currency inCurrency source lowest highest }
  }
`);

/** How figures were counted: the rule of each, what was left out, and by which exchange rates. */
export function Counted(props: { funding: readonly CountedMoneyFragment[]; /** The rules of what is not money. */ others?: readonly { name: string; rule: string }[] }): ReactNode {
  const { t } = useTranslation('record');
  const names = useNames();
  const format = useFormat();
  const left = props.funding.reduce((sum, { excluded }) => sum + excluded.reduce((of, each) => of + each.count, 0), 0);
  return (
    <details className="record-counted">
      <summary>
        {t('counted.title')} <span className="record-note">· {t('counted.left', { count: left, shown: format.number(left) })}</span>
      </summary>
      {props.funding.map(({ measure, rule, excluded, rates }) => (
        <div key={measure}>
          <h3>{names('FundingMeasure', measure)}</h3>
          <p>
            <strong>{t('counted.rule')}</strong> <RuleLine text={rule} />
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
      {props.others?.map(({ name, rule }) => (
        <div key={name}>
          <h3>{name}</h3>
          <p>
            <strong>{t('counted.rule')}</strong> {rule}
          </p>
        </div>
      ))}
    </details>
  );
}
