import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { currencies } from '../funding/view';
import { graphql } from '../gql';
import { useAsked, useGraph } from '../graph/useGraph';
import { ErrorNote } from '../look/ErrorNote';
import { Loading } from '../look/Loading';
import { RuleLine } from '../look/Rule';
import { Switch } from '../look/Switch';
import { useNames } from '../look/useNames';
import { useFormat } from '../shell/format';
import { withParam } from '../shell/withParam';
import { YearBars } from './YearBars';
import { Section } from './parts';

// Projects that work here, and of their money the part that falls here by the shares of their places.
const Money = graphql(`
  query RecordUnitMoney($id: ID!, $currency: String!) {
    funding(where: { within: $id }, within: $id, by: [YEAR], measure: SPEND, currency: $currency) {
      rule { text locale direction }
      rows { year amount count withoutRate }
      totals { amount count withoutRate }
      excluded { reason count }
    }
  }
`);

/** The money of a unit by year in one reporting currency, as a drawing and as a table, and for each inhabitant where their number is known. */
export function UnitMoney(props: { unit: string; inhabitants: { population: number; year: number } | undefined }): ReactNode {
  const { t } = useTranslation('record');
  const names = useNames();
  const format = useFormat();
  const [params, setParams] = useSearchParams();
  const { inhabitants } = props;
  const chosen = currencies.find((one) => one === params.get('currency')) ?? currencies[0];
  const answer = useGraph(Money, { id: props.unit, currency: chosen });
  const { data, error, isFetching, refetch } = answer;
  const currency = useAsked(answer, chosen);
  if (error) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  const { rows, totals, rule, excluded } = data.funding;
  const [total] = totals;
  const left = total?.withoutRate ?? 0;
  const written = (amount: string | null | undefined): string => (amount === null || amount === undefined ? t('unknown') : format.number(amount));
  const perHead = (amount: string | null | undefined): string => {
    if (!inhabitants || amount === null || amount === undefined) return '–';
    const share = Number(amount) / inhabitants.population;
    return format.number(share, share < 10 ? 2 : 0);
  };
  const years = rows.flatMap((row) => (typeof row.year === 'number' ? [{ year: row.year, values: { spent: Number(row.amount ?? 0) } }] : []));
  return (
    <Section id="money" title={t('unit.money')}>
      <Switch
        label={t('money.currency')}
        options={currencies.map((value) => ({ value, name: format.currency(value) }))}
        chosen={chosen}
        onChoose={(value) => setParams((before) => withParam(before, 'currency', value === currencies[0] ? null : value), { replace: true, preventScrollReset: true })}
      />
      {rows.length === 0 ? (
        <p className="record-none">{t('money.none')}</p>
      ) : (
        <>
          {total && (
            <p className="record-money">
              <strong>{total.amount === null || total.amount === undefined ? t('unknown') : format.moneyShort(total.amount, currency)}</strong>
              {inhabitants && ` · ${t('money.perHeadOf', { amount: perHead(total.amount), currency: format.currency(currency), people: format.number(inhabitants.population), year: format.year(inhabitants.year) })}`}
            </p>
          )}
          <p className="record-left">{left > 0 ? t('money.withoutRate', { count: left, shown: format.number(left), total: format.number(left + (total?.count ?? 0)) }) : t('money.allConverted')}</p>
          <YearBars series={[{ key: 'spent', name: t('money.spent'), look: 'paid' }]} years={years} currency={currency} />
          <table className="record-table record-years-table" aria-busy={isFetching}>
            <thead>
              <tr>
                <th scope="col">{t('money.year')}</th>
                <th scope="col" className="record-number">
                  {t('money.amountIn', { currency: format.currency(currency) })}
                </th>
                {inhabitants && (
                  <th scope="col" className="record-number">
                    {t('money.perHead')}
                  </th>
                )}
                {left > 0 && (
                  <th scope="col" className="record-number">
                    {t('money.notConverted')}
                  </th>
                )}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.year ?? ''}>
                  <th scope="row">{typeof row.year === 'number' ? format.year(row.year) : t('unknown')}</th>
                  <td className="record-number">{written(row.amount)}</td>
                  {inhabitants && <td className="record-number">{perHead(row.amount)}</td>}
                  {left > 0 && <td className="record-number">{format.number(row.withoutRate)}</td>}
                </tr>
              ))}
            </tbody>
            {total && (
              <tfoot>
                <tr>
                  <th scope="row">{t('money.total')}</th>
                  <td className="record-number">{written(total.amount)}</td>
                  {inhabitants && <td className="record-number">{perHead(total.amount)}</td>}
                  {left > 0 && <td className="record-number">{format.number(total.withoutRate)}</td>}
                </tr>
              </tfoot>
            )}
          </table>
        </>
      )}
      <p className="record-rule">
        <strong>{t('money.rule')}</strong> <RuleLine text={rule} />
      </p>
      {excluded.length > 0 && (
        <ul className="record-rule">
          {[...new Set(excluded.map((one) => one.reason))].map((reason) => {
            const count = excluded.reduce((sum, one) => sum + (one.reason === reason ? one.count : 0), 0);
            return (
              <li key={reason}>
                {t('money.leftOut', { reason: names('FundingExclusionReason', reason), count, shown: format.number(count) })}
              </li>
            );
          })}
        </ul>
      )}
    </Section>
  );
}
