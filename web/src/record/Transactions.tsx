import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../gql';
import { useGraph } from '../graph/useGraph';
import { ErrorNote } from '../look/ErrorNote';
import { type LocalizedTextFields, Texted } from '../look/Texted';
import { useNames } from '../look/useNames';
import { To } from '../shell/To';
import { useFormat } from '../shell/format';
import { Section } from './parts';

const Latest = graphql(`
  query RecordTransactions($id: ID!) {
    project(by: { id: $id }) {
      transactions(first: 12) {
        totalCount
        nodes {
          id
          type
          date
          value { amount currency }
          provider { id name { text locale direction } }
          providerName { text locale direction }
          receiver { id name { text locale direction } }
          receiverName { text locale direction }
        }
      }
    }
  }
`);

/** The latest transactions of a project as they were reported: who gave what to whom, in the original currency. */
export function Transactions(props: { project: string }): ReactNode {
  const { t } = useTranslation('record');
  const names = useNames();
  const format = useFormat();
  const { data, error, refetch } = useGraph(Latest, { id: props.project });
  if (error) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  const transactions = data?.project?.transactions;
  if (!transactions || transactions.nodes.length === 0) return null;
  return (
    <Section id="transactions" title={t('transactions.title')} count={format.number(transactions.totalCount)}>
      <table className="record-table record-stack">
        <thead>
          <tr>
            <th scope="col">{t('transactions.type')}</th>
            <th scope="col">{t('transactions.from')}</th>
            <th scope="col">{t('transactions.to')}</th>
            <th scope="col">{t('transactions.date')}</th>
            <th scope="col" className="record-number">
              {t('money.amount')}
            </th>
          </tr>
        </thead>
        <tbody>
          {transactions.nodes.map((transaction) => (
            <tr key={transaction.id}>
              <td>{names('TransactionType', transaction.type)}</td>
              <td>
                <Side organization={transaction.provider} name={transaction.providerName} />
              </td>
              <td>
                <Side organization={transaction.receiver} name={transaction.receiverName} />
              </td>
              <td>{format.date(transaction.date)}</td>
              <td className="record-number">
                {format.number(transaction.value.amount, 2)} <bdi dir="ltr">{transaction.value.currency}</bdi>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {transactions.totalCount > transactions.nodes.length && <p className="record-rule">{t('andMore', { count: transactions.totalCount - transactions.nodes.length, shown: format.number(transactions.totalCount - transactions.nodes.length) })}</p>}
    </Section>
  );
}

/** One end of a transaction: an organization on record, or only its name as reported. */
function Side(props: { organization: { id: string; name?: LocalizedTextFields | null } | null | undefined; name: LocalizedTextFields | null | undefined }): ReactNode {
  const { t } = useTranslation('record');
  if (!props.organization) return <Texted text={props.name} fallback={t('unknown')} />;
  return (
    <To to={`/organizations/${props.organization.id}`}>
      <Texted text={props.organization.name} />
    </To>
  );
}
