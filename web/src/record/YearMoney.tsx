import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../gql';
import type { FundingMeasure, ProjectWhere } from '../gql/graphql';
import { useGraph } from '../graph/useGraph';
import { ErrorNote } from '../look/ErrorNote';
import { RuleLine } from '../look/Rule';
import { useFormat } from '../shell/format';
import { Section } from './parts';
import { useAmounts } from './useAmounts';

const Money = graphql(`
  query RecordMoney($where: ProjectWhere, $measure: FundingMeasure!) {
    funding(where: $where, by: [YEAR], measure: $measure) {
      rule {
        text
        locale
        direction
      }
      rows {
        year
        currency
        amount
        count
      }
      totals {
        currency
        amount
      }
      excluded {
        reason
        count
      }
    }
  }
`);

/** The money of projects in the currencies in which it was reported, year by year within each, with the rule by which it was counted and what was left out. */
export function YearMoney(props: {
  where: ProjectWhere;
  measure: FundingMeasure;
  title: string;
  id?: string;
  /** The currencies in which the same is told elsewhere: what was reported in one of these alone is not told again. */
  toldIn?: readonly string[];
}): ReactNode {
  const { t } = useTranslation('record');
  const format = useFormat();
  const { data, error, refetch } = useGraph(Money, { where: props.where, measure: props.measure });
  const money = useAmounts([...(data?.funding.rows ?? []), ...(data?.funding.totals ?? [])]);
  if (error) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  if (!data) return null;
  const { rows, totals, rule, excluded } = data.funding;
  if (props.toldIn && (rows.length === 0 || (totals.length === 1 && totals.some(({ currency }) => props.toldIn?.includes(currency))))) return null;
  const left = excluded.reduce((sum, e) => sum + e.count, 0);
  return (
    <Section title={props.title} {...(props.id ? { id: props.id } : {})}>
      {rows.length === 0 ? (
        <p className="record-none">{t('money.none')}</p>
      ) : (
        <table className="record-table">
          <thead>
            <tr>
              <th scope="col">{t('money.year')}</th>
              <th scope="col" className="record-number">
                {money.head}
              </th>
              <th scope="col" className="record-bar-head">
                <span className="hidden">{t('money.bar')}</span>
              </th>
            </tr>
          </thead>
          {totals.map((total) => {
            // A bar says something beside those of its own currency only.
            const own = rows.filter(({ currency }) => currency === total.currency);
            const largest = Math.max(0, ...own.map((row) => Math.abs(Number(row.amount ?? 0))));
            return (
              <tbody key={total.currency}>
                {!money.isOneCurrency && (
                  <tr className="record-part">
                    <th scope="rowgroup" colSpan={3}>
                      {money.currency(total)}
                    </th>
                  </tr>
                )}
                {own.map((row) => (
                  <tr key={row.year ?? ''}>
                    <th scope="row">{typeof row.year === 'number' ? format.year(row.year) : t('unknown')}</th>
                    <td className="record-number">{money.amount(row)}</td>
                    <td aria-hidden>
                      <progress className="look-bar record-bar" max={largest || 1} value={Math.max(0, Number(row.amount ?? 0))} />
                    </td>
                  </tr>
                ))}
                <tr className="record-sum">
                  <th scope="row">{t('money.total')}</th>
                  <td className="record-number">{money.amount(total)}</td>
                  <td />
                </tr>
              </tbody>
            );
          })}
        </table>
      )}
      <p className="record-rule">
        <strong>{t('money.rule')}</strong> <RuleLine text={rule} />
        {left > 0 && <> {t('money.left', { count: left, shown: format.number(left) })}</>}
      </p>
    </Section>
  );
}
