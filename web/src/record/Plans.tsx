import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../gql';
import { useGraph } from '../graph/useGraph';
import { ErrorNote } from '../look/ErrorNote';
import { useNames } from '../look/useNames';
import { useFormat } from '../shell/format';
import { Section } from './parts';

const Planned = graphql(`
  query RecordPlans($id: ID!) {
    project(by: { id: $id }) {
      budgets(first: 20) { totalCount nodes { id type status periodStart periodEnd value { amount currency } } }
      plannedDisbursements(first: 20) { totalCount nodes { id type periodStart periodEnd value { amount currency } } }
    }
  }
`);

/** Budgets and planned disbursements of a project as they were reported, period by period; nothing where there are none. */
export function Plans(props: { project: string }): ReactNode {
  const { t } = useTranslation('record');
  const names = useNames();
  const { data, error, refetch } = useGraph(Planned, { id: props.project });
  if (error) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  const project = data?.project;
  if (!project) return null;
  return (
    <>
      <Periods
        title={t('plans.budgets')}
        total={project.budgets.totalCount}
        rows={project.budgets.nodes.map((budget) => ({ ...budget, kind: [names('BudgetType', budget.type), names('BudgetStatus', budget.status)].join(' · ') }))}
      />
      <Periods
        title={t('plans.disbursements')}
        total={project.plannedDisbursements.totalCount}
        rows={project.plannedDisbursements.nodes.map((plan) => ({ ...plan, kind: plan.type ? names('BudgetType', plan.type) : '' }))}
      />
    </>
  );
}

interface Period {
  id: string;
  kind: string;
  periodStart: string;
  periodEnd?: string | null;
  value: { amount: string; currency: string };
}

function Periods(props: { title: string; total: number; rows: Period[] }): ReactNode {
  const { t } = useTranslation('record');
  const format = useFormat();
  if (props.rows.length === 0) return null;
  return (
    <Section title={props.title} count={format.number(props.total)}>
      <table className="record-table record-stack">
        <thead>
          <tr>
            <th scope="col">{t('plans.from')}</th>
            <th scope="col">{t('plans.to')}</th>
            <th scope="col">{t('plans.kind')}</th>
            <th scope="col" className="record-number">
              {t('money.amount')}
            </th>
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row) => (
            <tr key={row.id}>
              <td>{format.date(row.periodStart)}</td>
              <td>{row.periodEnd && format.date(row.periodEnd)}</td>
              <td>{row.kind}</td>
              <td className="record-number">
                {format.number(row.value.amount, 2)} <bdi dir="ltr">{row.value.currency}</bdi>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {props.total > props.rows.length && <p className="record-rule">{t('andMore', { count: props.total - props.rows.length, shown: format.number(props.total - props.rows.length) })}</p>}
    </Section>
  );
}
