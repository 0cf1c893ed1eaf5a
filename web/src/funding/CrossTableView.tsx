import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { FundingDimension } from '../gql/graphql';
import { Texted } from '../look/Texted';
import { useNames } from '../look/useNames';
import { To } from '../shell/To';
import { useFormat } from '../shell/format';
import { type Place, behind } from './behind';
import type { CrossTable, Heading } from './table';
import type { View } from './view';

/** Names a value of a dimension as plain text. */
export function useHeadingName(): (heading: Heading, dimension: FundingDimension) => string {
  const { t } = useTranslation('funding');
  const names = useNames();
  const format = useFormat();
  return (heading, dimension) => {
    if (heading.text === null) return t(dimension === 'GOVERNORATE' || dimension === 'DISTRICT' ? 'country' : 'unknown');
    if (typeof heading.text !== 'string') return heading.text.text;
    if (dimension === 'YEAR') return format.year(heading.text);
    return dimension === 'STATUS' ? names('ProjectStatus', heading.text) : heading.text;
  };
}

/** How strong a cell is coloured: five steps by its share of the largest. The number says the same. */
function strength(amount: number, largest: number): number {
  const share = largest === 0 ? 0 : Math.abs(amount) / largest;
  return [0.02, 0.1, 0.25, 0.5].filter((step) => share > step).length;
}

/** The cross-table, in millions; what is not known is a dash, never a zero. */
export function CrossTableView(props: { table: CrossTable; view: View; total: string | null }): ReactNode {
  const { t } = useTranslation('funding');
  const names = useNames();
  const format = useFormat();
  const nameOf = useHeadingName();
  const { table, view } = props;
  const millions = (amount: number | null | undefined): string => (amount === null || amount === undefined ? '–' : format.fixed(amount / 1e6, 2));
  const figure = (amount: number | null | undefined, ...places: Place[]): ReactNode => {
    const list = amount === null || amount === undefined ? null : behind(view, places);
    return list ? <To to={list}>{millions(amount)}</To> : millions(amount);
  };
  const headed = (heading: Heading, dimension: FundingDimension): ReactNode => {
    const text = heading.text !== null && typeof heading.text !== 'string' ? <Texted text={heading.text} /> : nameOf(heading, dimension);
    return heading.to ? <To to={heading.to}>{text}</To> : text;
  };
  return (
    <div className="funding-scroll" role="region" aria-label={t('table')} tabIndex={0}>
      <table>
        <caption>{t('unit', { currency: format.currency(view.currency) })}</caption>
        <thead>
          <tr>
            <th scope="col">{names('FundingDimension', view.rows)}</th>
            {table.columns.map((column) => (
              <th key={column.heading.key} scope="col">
                {headed(column.heading, view.columns)}
              </th>
            ))}
            <th scope="col">{t('total')}</th>
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row) => (
            <tr key={row.heading.key}>
              <th scope="row">{headed(row.heading, view.rows)}</th>
              {table.columns.map((column) => {
                const amount = table.cell(row, column);
                return (
                  <td key={column.heading.key} className={amount ? `funding-heat-${strength(amount, table.largest)}` : undefined}>
                    {figure(amount, { dimension: view.rows, headings: [row.heading] }, { dimension: view.columns, headings: [column.heading] })}
                  </td>
                );
              })}
              <td className="funding-sum">{figure(row.total, { dimension: view.rows, headings: [row.heading] })}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t('total')}</th>
            {table.columns.map((column) => (
              <td key={column.heading.key}>{figure(column.total, { dimension: view.columns, headings: [column.heading] })}</td>
            ))}
            <td>{figure(props.total === null ? null : Number(props.total))}</td>
          </tr>
        </tfoot>
      </table>
    </div>
  );
}
