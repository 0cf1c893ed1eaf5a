import type { QualityCategory, QualityFindingWhere } from '../gql/graphql';

/** What a list of findings is narrowed to, all of it in the address. */
export interface Choice {
  rule: string | null;
  category: string | null;
  /** Unit of the ministry; NONE for records that belong to none. */
  owner: string | null;
  /** First funder; NONE for records that have none. */
  funder: string | null;
  after: string | null;
}

/** Records without a unit or without a funder. */
export const NONE = 'none';

const names = ['rule', 'category', 'owner', 'funder'] as const;

/** Reads a choice from an address. */
export const choiceOf = (params: URLSearchParams): Choice => ({
  rule: params.get('rule'),
  category: params.get('category'),
  owner: params.get('owner'),
  funder: params.get('funder'),
  after: params.get('after'),
});

/** Whether anything was chosen; otherwise the board is shown. */
export const isChosen = (choice: Choice): boolean => names.some((name) => choice[name] !== null);

/** The address of the list behind a number. */
export function listOf(choice: Partial<Choice>): string {
  const params = new URLSearchParams();
  for (const name of names) {
    const value = choice[name];
    if (value) params.set(name, value);
  }
  return `/desk/quality?${params.toString()}`;
}

const linked = (id: string): { id: { eq: string } } => ({ id: { eq: id } });
const anybody = { id: { isNull: false } } as const;

/** The condition of a choice. */
export function whereOf(choice: Choice): QualityFindingWhere {
  const where: QualityFindingWhere = { and: [] };
  if (choice.rule) where.rule = { eq: choice.rule };
  // The server refuses a value that is none, with a message for the reader of the address.
  if (choice.category) where.category = { eq: choice.category as QualityCategory };
  if (choice.owner === NONE) where.and?.push({ not: { owner: anybody } });
  else if (choice.owner) where.owner = linked(choice.owner);
  if (choice.funder === NONE) where.and?.push({ not: { funder: anybody } });
  else if (choice.funder) where.funder = linked(choice.funder);
  return where;
}
