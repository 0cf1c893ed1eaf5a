import { graphql } from '../gql';
import type { FieldChangeWhere, HistoryChangesQuery, HistoryRecordQuery } from '../gql/graphql';
import type { LocalizedTextFields } from '../look/Texted';

/** As many records a page as the server gives at most. */
export const LARGEST_PAGE = 100;

/** Changes of all records. */
export const Changes = graphql(`
  query HistoryChanges($where: FieldChangeWhere, $first: Int!, $after: Cursor) {
    fieldChanges(where: $where, first: $first, after: $after) {
      totalCount
      pageInfo { endCursor hasNextPage }
      nodes {
        ...HistoryChange
        root {
          __typename
          ... on Organization { id code name { text locale direction } }
          ... on Agreement { id code title { text locale direction } }
          ... on Project { id code title { text locale direction } }
          ... on Evaluation { id code title { text locale direction } }
          ... on AdministrativeUnit { id code: pcode name { text locale direction } }
          ... on Page { id code: slug title { text locale direction } }
          ... on MinistryUnit { id code name { text locale direction } }
          ... on CodeListItem { id list code name { text locale direction } }
          ... on TranslationRequest { id code status title { text locale direction } }
          ... on GlossaryTerm { id sourceLocale term locale translation }
          ... on Account { id login called: name }
          ... on StoredFile { id called: name }
          ... on WorkingLocale { id locale }
          ... on ExchangeRate { id baseCurrency currency date }
          ... on OrganizationDistinction { id first { code name { text locale direction } } second { code name { text locale direction } } }
        }
      }
    }
  }
  fragment HistoryChange on FieldChange {
    id
    at
    rootKind
    kind
    recordId
    action
    field
    before
    after
    revision { id actorName operation reason }
  }
`);

/** Changes of one record with all its parts; it is the root of them all, which need not be asked for with each. */
export const RecordChanges = graphql(`
  query HistoryRecord($id: ID!, $where: FieldChangeWhere, $first: Int!, $after: Cursor) {
    node(id: $id) {
      __typename
      ... on Organization { id code name { text locale direction } history(where: $where, first: $first, after: $after) { ...HistoryPageOf } }
      ... on Agreement { id code title { text locale direction } history(where: $where, first: $first, after: $after) { ...HistoryPageOf } }
      ... on Project { id code title { text locale direction } history(where: $where, first: $first, after: $after) { ...HistoryPageOf } }
      ... on Evaluation { id code title { text locale direction } history(where: $where, first: $first, after: $after) { ...HistoryPageOf } }
      ... on AdministrativeUnit { id code: pcode name { text locale direction } history(where: $where, first: $first, after: $after) { ...HistoryPageOf } }
      ... on Page { id code: slug title { text locale direction } history(where: $where, first: $first, after: $after) { ...HistoryPageOf } }
    }
  }
  fragment HistoryPageOf on FieldChangeConnection {
    totalCount
    pageInfo { endCursor hasNextPage }
    nodes { ...HistoryChange }
  }
`);

/** One field of one record, before and after. */
export type Change = HistoryChangesQuery['fieldChanges']['nodes'][number];
type Read = NonNullable<HistoryRecordQuery['node']>;
/** A record with its history. */
export type RecordChangesOf = Extract<Read, { history: unknown }>;

/** The changes of one record, each with it as its root. */
export const changesOf = (record: RecordChangesOf): Change[] => record.history.nodes.map((change) => ({ ...change, root: record }));

/** The name of a record that has one in several languages. */
export function nameOf(record: Change['root'] | RecordChangesOf | null | undefined): LocalizedTextFields | null | undefined {
  if (!record) return null;
  if ('title' in record) return record.title;
  return 'name' in record ? record.name : null;
}

/** What one person did to one record in one go. */
export interface Revision {
  key: string;
  id: string;
  at: string;
  actorName: string | null;
  operation: string | null;
  reason: string | null;
  rootKind: string;
  root: Change['root'];
  changes: Change[];
}

/** Changes gathered by revision and record, in the order they came. */
export function revisionsOf(changes: readonly Change[]): Revision[] {
  const revisions = new Map<string, Revision>();
  for (const change of changes) {
    const { revision, root } = change;
    const key = `${revision.id}.${root && 'id' in root ? root.id : change.rootKind}`;
    const gathered = revisions.get(key) ?? {
      key,
      id: revision.id,
      at: change.at,
      actorName: revision.actorName ?? null,
      operation: revision.operation ?? null,
      reason: revision.reason ?? null,
      rootKind: change.rootKind,
      root,
      changes: [],
    };
    gathered.changes.push(change);
    revisions.set(key, gathered);
  }
  return [...revisions.values()];
}

const names = ['who', 'from', 'to', 'kind', 'field'] as const;
/** What the history is narrowed to, all of it in the address. */
export type FilterName = (typeof names)[number] | 'record';

/** The condition that an address states. */
export function whereOf(params: URLSearchParams): FieldChangeWhere {
  const { who, from, to, kind, field } = Object.fromEntries(names.map((name) => [name, params.get(name) || null])) as Record<(typeof names)[number], string | null>;
  const where: FieldChangeWhere = {};
  if (who) where.revision = { actorName: { contains: who } };
  if (from || to) where.at = { ...(from && { gte: `${from}T00:00:00Z` }), ...(to && { lte: `${to}T23:59:59.999999Z` }) };
  if (kind) where.rootKind = { eq: kind };
  if (field) where.field = { eq: field };
  return where;
}

/** What the changes of a record say of its fields, as they are or were last: by that one is known that is no more. */
export function lastOf({ rootKind, changes }: Pick<Revision, 'rootKind' | 'changes'>): Record<string, string> {
  return Object.fromEntries(changes.flatMap((change) => (change.kind === rootKind ? [[change.field, plain(change.after ?? change.before)]] : [])));
}

/** A value of any kind as a line of text. */
export function plain(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** What follows from the rest and tells a reader nothing; the file has it. */
export const silent = new Set(['id', 'subjectId', 'subjectKind', 'sourceDigest', 'translatorId', 'reviewerId', 'certifierId', 'published', 'fields', 'steps', 'authorId', 'actorId', 'requestId']);
