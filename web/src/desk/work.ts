import { type RecordType, recordTypes } from '../edit/kinds';
import { isOfUnits } from '../edit/rights';
import { graphql } from '../gql';
import type { DeskSubmitMutation, DeskWorkQuery, PendingChangeState, RecordState, Role } from '../gql/graphql';
import type { LocalizedTextFields } from '../look/Texted';
import { decidesForMinistry, writesForMinistry } from '../sign/ministry';
import type { Who } from '../sign/session';
import type { NamedKey } from './Split';

/** What is entered and not yet published, as the graph gives it. */
export const Work = graphql(`
  query DeskWork($states: [RecordState!], $changes: [PendingChangeState!], $types: [String!]!) {
    agreements(where: { state: { in: $states } }, orderBy: [{ field: UPDATED_AT, direction: DESC }], first: 50) {
      totalCount
      nodes { __typename id code version state stateComment updatedAt title { text locale direction } }
    }
    projects(where: { state: { in: $states } }, orderBy: [{ field: UPDATED_AT, direction: DESC }], first: 50) {
      totalCount
      nodes { __typename id code version state stateComment updatedAt title { text locale direction } }
    }
    organizations(where: { state: { in: $states } }, orderBy: [{ field: UPDATED_AT, direction: DESC }], first: 50) {
      totalCount
      nodes { __typename id code version state stateComment updatedAt title: name { text locale direction } }
    }
    evaluations(where: { state: { in: $states } }, orderBy: [{ field: UPDATED_AT, direction: DESC }], first: 50) {
      totalCount
      nodes { __typename id code version state stateComment updatedAt title { text locale direction } }
    }
    administrativeUnits(where: { state: { in: $states } }, orderBy: [{ field: UPDATED_AT, direction: DESC }], first: 50) {
      totalCount
      nodes { __typename id code: pcode version state stateComment updatedAt title: name { text locale direction } }
    }
    pages(where: { state: { in: $states } }, orderBy: [{ field: UPDATED_AT, direction: DESC }], first: 50) {
      totalCount
      nodes { __typename id code: slug version state stateComment updatedAt title { text locale direction } }
    }
    pendingChanges(where: { state: { in: $changes }, subjectKind: { in: $types } }, first: 50) {
      totalCount
      nodes {
        id
        state
        comment
        authorName
        updatedAt
        subject {
          __typename
          ... on Agreement { id code version title { text locale direction } }
          ... on Project { id code version title { text locale direction } }
          ... on Organization { id code version title: name { text locale direction } }
          ... on Evaluation { id code version title { text locale direction } }
          ... on AdministrativeUnit { id code: pcode version title: name { text locale direction } }
          ... on Page { id code: slug version title { text locale direction } }
        }
        fields { recordId kind action field before after }
      }
    }
  }
`);

/** One field of a change: what readers see today, and what they will see. */
export type ChangedField = DeskWorkQuery['pendingChanges']['nodes'][number]['fields'][number];

/** A record or a change of a published one, on its way to publication. */
export interface Piece {
  key: string;
  /** The record to act on, and the version that was read. */
  id: string;
  version: number;
  kind: RecordType;
  code: string;
  title: LocalizedTextFields | null | undefined;
  state: RecordState | PendingChangeState;
  comment: string | null | undefined;
  author: string | null | undefined;
  updatedAt: string;
  /** Fields of a change of a published record; null for a record that is not published yet. */
  fields: readonly ChangedField[] | null;
}

const isRecord = <Subject extends { __typename: string }>(subject: Subject): subject is Extract<Subject, { __typename: RecordType }> => recordTypes.some((type) => type === subject.__typename);

type Entered = DeskWorkQuery[Exclude<keyof DeskWorkQuery, 'pendingChanges'>]['nodes'][number];

const listsOf = ({ pendingChanges: _, ...lists }: DeskWorkQuery): { totalCount: number; nodes: readonly Entered[] }[] => Object.values(lists);

/** Everything on its way, the latest first. */
export function piecesOf(work: DeskWorkQuery): Piece[] {
  const records = listsOf(work).flatMap((list) => list.nodes).map(
    (r): Piece => ({ key: r.id, id: r.id, version: r.version, kind: r.__typename, code: r.code, title: r.title, state: r.state, comment: r.stateComment, author: null, updatedAt: r.updatedAt, fields: null }),
  );
  const changes = work.pendingChanges.nodes.flatMap((c): Piece[] => {
    const subject = c.subject;
    // One whose record this person may not see comes without it.
    if (!subject || !isRecord(subject)) return [];
    return [{ key: c.id, id: subject.id, version: subject.version, kind: subject.__typename, code: subject.code, title: subject.title, state: c.state, comment: c.comment, author: c.authorName, updatedAt: c.updatedAt, fields: c.fields }];
  });
  return [...records, ...changes].sort((a, b) => b.updatedAt.localeCompare(a.updatedAt));
}

/** How many there are in all; the list has the latest of each kind. */
export const totalOf = (work: DeskWorkQuery): number => [...listsOf(work), work.pendingChanges].reduce((total, list) => total + list.totalCount, 0);

/** A step on the way to publication. */
export type Step = 'submit' | 'withdraw' | 'return' | 'publish' | 'drop';

const enter: readonly Role[] = ['EDITOR', 'APPROVER', 'PARTNER'];
const decide: readonly Role[] = ['APPROVER'];

const holds = (who: Who | undefined, wanted: readonly Role[]): boolean => who?.roles.some((role) => wanted.includes(role)) ?? false;

/** Whether somebody may write records of a type, as far as the roles tell; the server has the last word. */
export const writes = (kind: RecordType, who: Who | undefined): boolean => (isOfUnits(kind) ? holds(who, enter) : writesForMinistry(who));

/** The steps that somebody may take from where a piece stands; the server has the last word. */
export function stepsOf(piece: Pick<Piece, 'kind' | 'state' | 'fields'>, who: Who | undefined): Step[] {
  const [enters, decides] = [writes(piece.kind, who), isOfUnits(piece.kind) ? holds(who, decide) : decidesForMinistry(who)];
  const waiting = piece.state === 'SUBMITTED';
  const steps: [Step, boolean][] = [
    ['submit', !waiting && enters],
    ['publish', decides],
    ['return', waiting && decides],
    ['withdraw', waiting && enters],
    ['drop', piece.fields !== null && enters],
  ];
  return steps.filter(([, allowed]) => allowed).map(([step]) => step);
}

/** The keys that lead to the steps on a page of such pieces, of those that somebody may ever take there; with the names that the list of keys has for them. */
export function keysOf(page: 'day' | 'review' | 'drafts', who: Who | undefined): NamedKey[] {
  const enters = holds(who, enter) || writesForMinistry(who);
  const decides = holds(who, decide) || decidesForMinistry(who);
  const keys: [NamedKey, boolean][] = [
    [{ key: 'E', name: 'edit' }, enters],
    [{ key: 'S', name: 'submit' }, page === 'drafts' && enters],
    [{ key: 'A', name: 'publish' }, decides],
    [{ key: 'R', name: 'return' }, decides && page !== 'drafts'],
    [{ key: 'Z', name: 'undo' }, enters],
  ];
  return keys.filter(([, may]) => may).map(([key]) => key);
}

/** What a step says of the record that it moved. */
type Stepped = DeskSubmitMutation['step'];

/** The version of a record that was moved; the next step starts from it. */
export const versionOf = ({ record }: Stepped): number => (record && 'version' in record ? record.version : 0);

/** The mutation of each step. */
export const documents = {
  submit: graphql(`
    mutation DeskSubmit($input: RecordInput!) { step: submitRecord(input: $input) { ...DeskStepped } }
    fragment DeskStepped on RecordPayload {
      record { ... on Agreement { version } ... on Project { version } ... on Organization { version } ... on Evaluation { version } ... on AdministrativeUnit { version } ... on Page { version } }
      userErrors { path code message messageAr }
    }
  `),
  withdraw: graphql(`mutation DeskWithdraw($input: RecordInput!) { step: withdrawRecord(input: $input) { ...DeskStepped } }`),
  return: graphql(`mutation DeskReturn($input: RecordInput!) { step: returnRecord(input: $input) { ...DeskStepped } }`),
  publish: graphql(`mutation DeskPublish($input: RecordInput!) { step: publishRecord(input: $input) { ...DeskStepped } }`),
  drop: graphql(`mutation DeskDrop($input: RecordInput!) { step: dropChange(input: $input) { ...DeskStepped } }`),
  resume: graphql(`mutation DeskResume($input: RecordInput!) { step: resumeChange(input: $input) { ...DeskStepped } }`),
} as const;

/** What takes a step back; of a publication, which readers have seen, there is no such thing. */
export const opposites: Partial<Record<Step, keyof typeof documents>> = { submit: 'withdraw', withdraw: 'submit', return: 'submit', drop: 'resume' };
