import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../gql';
import { useGraph } from '../graph/useGraph';
import { ErrorNote } from '../look/ErrorNote';
import { useNames } from '../look/useNames';
import { useFormat } from '../shell/format';
import { Amounts } from './parts';

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
  const format = useFormat();
  const { data, error, refetch } = useGraph(Planned, { id: props.project });
  if (error) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  const project = data?.project;
  if (!project) return null;
  const heads = [t('plans.from'), t('plans.to'), t('plans.kind')];
  const period = ({ periodStart, periodEnd }: { periodStart: string; periodEnd?: string | null }): ReactNode[] => [format.date(periodStart), periodEnd && format.date(periodEnd)];
  const { budgets, plannedDisbursements } = project;
  return (
    <>
      <Amounts
        title={t('plans.budgets')}
        heads={heads}
        total={budgets.totalCount}
        rows={budgets.nodes.map((budget) => ({ ...budget, cells: [...period(budget), [names('BudgetType', budget.type), names('BudgetStatus', budget.status)].join(' · ')] }))}
      />
      <Amounts
        title={t('plans.disbursements')}
        heads={heads}
        total={plannedDisbursements.totalCount}
        rows={plannedDisbursements.nodes.map((plan) => ({ ...plan, cells: [...period(plan), plan.type && names('BudgetType', plan.type)] }))}
      />
    </>
  );
}
