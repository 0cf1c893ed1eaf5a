import type { CodeListItemWhere, ProjectWhere, TransactionType } from '../gql/graphql';

/** What money a figure counts: the kind of movement, in which calendar years. */
export interface MoneyFilter {
  measure?: string | undefined;
  years: string[];
}

/** Stands in a filter for those of which it is not said. */
export const NOT_STATED = 'none';

/** By what projects can be narrowed, as the tables of funding cut them. */
export const projectFilters = ['funder', 'implementer', 'partner', 'sector', 'category', 'governorate', 'district', 'agreement', 'goal', 'marker', 'finance'] as const;

/** Projects that a figure or a list is about; several values of one kind are alternatives, several kinds must all hold. */
export type ProjectFilter = { [Name in (typeof projectFilters)[number]]?: string[] | undefined };

/** Which movements of money a measure adds up, as the server's counting rules say; budgets and plans are no movements. */
const movements: Record<string, TransactionType[]> = {
  SPEND: ['DISBURSEMENT', 'EXPENDITURE'],
  DISBURSEMENT: ['DISBURSEMENT'],
  EXPENDITURE: ['EXPENDITURE'],
  COMMITMENT: ['OUTGOING_COMMITMENT'],
  INCOMING: ['INCOMING_FUNDS'],
  PLEDGE: ['OUTGOING_PLEDGE'],
};

const sectorLists = { list: { in: ['Sector', 'SectorCategory'] } };
const goalLists = { list: { in: ['UNSDG-Goals', 'UNSDG-Targets'] } };
/** A marker that was looked at and not found marks nothing. */
const found = { not: { significance: { code: { eq: '0' } } } };
/** An item of a code list, or one that belongs to it, such as a target to its goal. */
const itemOrPart = (ids: string[]): CodeListItemWhere => ({ or: [{ id: { in: ids } }, { category: { id: { in: ids } } }] });

/** For each filter the condition that a value is one of those, and the one that it is not said, as the rules of counting understand it. */
const conditions: Record<(typeof projectFilters)[number], { oneOf: (ids: string[]) => ProjectWhere; notStated: ProjectWhere }> = {
  funder: { oneOf: (ids) => ({ funders: { some: { id: { in: ids } } } }), notStated: { funders: { none: {} } } },
  implementer: {
    oneOf: (ids) => ({ partners: { some: { role: { eq: 'IMPLEMENTING' }, organization: { id: { in: ids } } } } }),
    notStated: { partners: { none: { role: { eq: 'IMPLEMENTING' }, organization: { id: { isNull: false } } } } },
  },
  partner: {
    oneOf: (ids) => ({ partners: { some: { organization: { id: { in: ids } } } } }),
    notStated: { partners: { none: { organization: { id: { isNull: false } } } } },
  },
  sector: { oneOf: (ids) => ({ sectors: { some: { sector: { id: { in: ids } } } } }), notStated: { sectors: { none: { sector: sectorLists } } } },
  category: { oneOf: (ids) => ({ sectors: { some: { sector: itemOrPart(ids) } } }), notStated: { sectors: { none: { sector: sectorLists } } } },
  // A place that is the country belongs to no governorate.
  governorate: {
    oneOf: (ids) => ({ governorates: { some: { id: { in: ids } } } }),
    notStated: { or: [{ governorates: { none: {} } }, { locations: { some: { unit: { level: { lt: 1 } } } } }] },
  },
  district: {
    oneOf: (ids) => ({ or: ids.map((within) => ({ within })) }),
    notStated: { or: [{ locations: { none: { unit: { level: { gte: 2 } } } } }, { locations: { some: { unit: { level: { lt: 2 } } } } }] },
  },
  agreement: { oneOf: (ids) => ({ agreements: { some: { id: { in: ids } } } }), notStated: { agreements: { none: {} } } },
  goal: { oneOf: (ids) => ({ tags: { some: { tag: itemOrPart(ids) } } }), notStated: { tags: { none: { tag: goalLists } } } },
  marker: { oneOf: (ids) => ({ policyMarkers: { some: { marker: { id: { in: ids } }, ...found } } }), notStated: { policyMarkers: { none: found } } },
  finance: {
    oneOf: (ids) => ({ or: [{ financeType: { id: { in: ids } } }, { transactions: { some: { financeType: { id: { in: ids } } } } }] }),
    notStated: { financeType: { id: { isNull: true } } },
  },
};

/** The conditions on projects that a filter stands for, each alone. */
export function conditionsOf(filter: ProjectFilter): ProjectWhere[] {
  return projectFilters.flatMap((name) => {
    const values = filter[name] ?? [];
    const ids = values.filter((value) => value !== NOT_STATED);
    const either = [...(ids.length > 0 ? [conditions[name].oneOf(ids)] : []), ...(values.includes(NOT_STATED) ? [conditions[name].notStated] : [])];
    const [only] = either;
    return either.length > 1 ? [{ or: either }] : only ? [only] : [];
  });
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
