import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../gql';
import { useGraph } from '../graph/useGraph';
import { ErrorNote } from '../look/ErrorNote';
import { type LocalizedTextFields, Texted } from '../look/Texted';
import { useNames } from '../look/useNames';
import { To } from '../shell/To';
import { useFormat } from '../shell/format';
import { Amounts } from './parts';

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
  if (!transactions) return null;
  return (
    <Amounts
      id="transactions"
      title={t('transactions.title')}
      heads={(['type', 'from', 'to', 'date'] as const).map((head) => t(`transactions.${head}`))}
      total={transactions.totalCount}
      rows={transactions.nodes.map(({ id, value, type, date, ...ends }) => ({
        id,
        value,
        cells: [
          names('TransactionType', type),
          <Side key="from" organization={ends.provider} name={ends.providerName} />,
          <Side key="to" organization={ends.receiver} name={ends.receiverName} />,
          format.date(date),
        ],
      }))}
    />
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
