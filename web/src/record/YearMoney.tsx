import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../gql';
import type { FundingMeasure, ProjectWhere } from '../gql/graphql';
import { useGraph } from '../graph/useGraph';
import { ErrorNote } from '../look/ErrorNote';
import { Texted } from '../look/Texted';
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

/** The money of projects by year and currency, with the rule by which it was counted and what was left out. */
export function YearMoney(props: { where: ProjectWhere; measure: FundingMeasure; title: string; id?: string }): ReactNode {
  const { t } = useTranslation('record');
  const format = useFormat();
  const { data, error, refetch } = useGraph(Money, { where: props.where, measure: props.measure });
  const money = useAmounts([...(data?.funding.rows ?? []), ...(data?.funding.totals ?? [])]);
  if (error) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  if (!data) return null;
  const { rows, totals, rule, excluded } = data.funding;
  const left = excluded.reduce((sum, e) => sum + e.count, 0);
  const largest = Math.max(0, ...rows.map((row) => Math.abs(Number(row.amount ?? 0))));
  return (
    <Section title={props.title} {...(props.id ? { id: props.id } : {})}>
      {rows.length === 0 ? (
        <p className="record-none">{t('money.none')}</p>
      ) : (
        <table className="record-table">
          <thead>
            <tr>
              <th scope="col">{t('money.year')}</th>
              {!money.isOneCurrency && <th scope="col">{t('money.currency')}</th>}
              <th scope="col" className="record-number">
                {money.head}
              </th>
              <th scope="col" className="record-bar-head">
                <span className="hidden">{t('money.bar')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={`${row.year} ${row.currency}`}>
                <th scope="row">{typeof row.year === 'number' ? format.year(row.year) : t('unknown')}</th>
                {!money.isOneCurrency && <td>{money.currency(row)}</td>}
                <td className="record-number">{money.amount(row)}</td>
                <td aria-hidden>
                  <progress className="look-bar record-bar" max={largest || 1} value={Math.max(0, Number(row.amount ?? 0))} />
                </td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            {totals.map((total) => (
              <tr key={total.currency}>
                <th scope="row">{t('money.total')}</th>
                {!money.isOneCurrency && <td>{money.currency(total)}</td>}
                <td className="record-number">{money.amount(total)}</td>
                <td />
              </tr>
            ))}
          </tfoot>
        </table>
      )}
      <p className="record-rule">
        <strong>{t('money.rule')}</strong> <Texted text={rule} />
        {left > 0 && <> {t('money.left', { count: left, shown: format.number(left) })}</>}
      </p>
    </Section>
  );
}
