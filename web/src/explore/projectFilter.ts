import type { ProjectWhere, TransactionType } from '../gql/graphql';

/** What money a figure counts: the kind of movement, in which calendar years. */
export interface MoneyFilter {
  measure?: string | undefined;
  years: string[];
}

/** Projects that a figure or a list is about; several values of one kind are alternatives, several kinds must all hold. */
export interface ProjectFilter {
  funder?: string[] | undefined;
  implementer?: string[] | undefined;
  sector?: string[] | undefined;
  governorate?: string[] | undefined;
  agreement?: string[] | undefined;
}

/** Which movements of money a measure adds up, as the server's counting rules say; budgets and plans are no movements. */
const movements: Record<string, TransactionType[]> = {
  SPEND: ['DISBURSEMENT', 'EXPENDITURE'],
  DISBURSEMENT: ['DISBURSEMENT'],
  EXPENDITURE: ['EXPENDITURE'],
  COMMITMENT: ['OUTGOING_COMMITMENT'],
  INCOMING: ['INCOMING_FUNDS'],
  PLEDGE: ['OUTGOING_PLEDGE'],
};

/** The conditions on projects that a filter stands for, each alone. */
export function conditionsOf(filter: ProjectFilter): ProjectWhere[] {
  const { funder, implementer, sector, governorate, agreement } = filter;
  const conditions: ProjectWhere[] = [];
  if (funder?.length) conditions.push({ funders: { some: { id: { in: funder } } } });
  if (implementer?.length) conditions.push({ partners: { some: { role: { eq: 'IMPLEMENTING' }, organization: { id: { in: implementer } } } } });
  if (sector?.length) conditions.push({ sectors: { some: { sector: { id: { in: sector } } } } });
  if (governorate?.length) conditions.push({ governorates: { some: { id: { in: governorate } } } });
  if (agreement?.length) conditions.push({ agreements: { some: { id: { in: agreement } } } });
  return conditions;
}

/** Projects with money of this kind in any of these years. */
export function moneyCondition({ measure, years }: MoneyFilter): ProjectWhere | null {
  if (years.length === 0 && measure === undefined) return null;
  const days = years.map((year) => ({ gte: `${year}-01-01`, lte: `${year}-12-31` }));
  const inAny = <Condition>(condition: (day: { gte: string; lte: string } | undefined) => Condition): Condition[] => (days.length === 0 ? [condition(undefined)] : days.map(condition));
  if (measure === 'BUDGET') return { budgets: { some: { or: inAny((day) => (day ? { periodStart: day } : {})) } } };
  if (measure === 'PLANNED') return { plannedDisbursements: { some: { or: inAny((day) => (day ? { periodStart: day } : {})) } } };
  const types = measure === undefined ? undefined : movements[measure];
  return { transactions: { some: { ...(types ? { type: { in: types } } : {}), or: inAny((day) => (day ? { date: day } : {})) } } };
}
