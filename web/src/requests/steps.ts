import { graphql } from '../gql';
import { type RequestsListQuery, type Role, TranslationRequestStatus } from '../gql/graphql';

/** Requests as the list and its preview show them. */
export const Requests = graphql(`
  query RequestsList($where: TranslationRequestWhere, $after: Cursor) {
    translationRequests(where: $where, first: 50, after: $after) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes {
        id code version status priority dueOn sourceLocale locale isConfidential pages purpose requesterName assigneeName createdAt
        title { text locale direction }
        requester { id }
        assignee { id }
        agreement { id code title { text locale direction } }
        file { id name byteSize url }
        translatedFile { id name byteSize url }
        events { at actorName status comment takesBack }
      }
    }
  }
`);

/** One request. */
export type Request = RequestsListQuery['translationRequests']['nodes'][number];

/** Where a request may stand. */
export type Status = Request['status'];

/** The states in which something is still to be done, in their order. */
export const openStates = [
  TranslationRequestStatus.Requested,
  TranslationRequestStatus.Assigned,
  TranslationRequestStatus.InTranslation,
  TranslationRequestStatus.Revision,
  TranslationRequestStatus.Returned,
  TranslationRequestStatus.Certified,
] as const;

/** Who looks at a request: account and roles. */
export interface Onlooker {
  id: string;
  roles: readonly Role[];
}

const next: Record<Status, readonly Status[]> = {
  REQUESTED: ['ASSIGNED', 'CANCELLED'],
  ASSIGNED: ['IN_TRANSLATION', 'CANCELLED'],
  IN_TRANSLATION: ['REVISION', 'CANCELLED'],
  REVISION: ['CERTIFIED', 'RETURNED', 'CANCELLED'],
  RETURNED: ['IN_TRANSLATION', 'CANCELLED'],
  CERTIFIED: ['DELIVERED'],
  DELIVERED: [],
  CANCELLED: [],
};

/** The steps that somebody may take with a request from where it stands; the server has the last word. */
export function stepsOf(request: Pick<Request, 'status' | 'requester' | 'assignee'>, who: Onlooker): Status[] {
  const has = (...roles: Role[]): boolean => who.roles.some((role) => roles.includes(role));
  const leads = has('REVIEWER', 'CERTIFIER', 'APPROVER');
  const requested = request.requester?.id === who.id;
  const assigned = request.assignee?.id === who.id;
  const may: Record<Status, boolean> = {
    REQUESTED: false,
    ASSIGNED: leads || has('TRANSLATOR'),
    IN_TRANSLATION: assigned,
    REVISION: assigned,
    RETURNED: has('REVIEWER', 'CERTIFIER') && !assigned,
    CERTIFIED: has('CERTIFIER') && !assigned,
    DELIVERED: leads || requested || assigned,
    CANCELLED: leads || requested,
  };
  return next[request.status].filter((status) => may[status]);
}

/** Whether somebody changes what a request says: those who lead and who asked for it. */
export const mayChange = (request: Pick<Request, 'status' | 'requester'>, who: Onlooker): boolean =>
  next[request.status].length > 0 && (request.requester?.id === who.id || who.roles.some((role) => role === 'REVIEWER' || role === 'CERTIFIER' || role === 'APPROVER'));
