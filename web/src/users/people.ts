import { graphql } from '../gql';
import type { UsersListQuery } from '../gql/graphql';

/** Accounts with what they may do and the keys they have given to programs. */
export const People = graphql(`
  query UsersList($where: AccountWhere, $after: Cursor) {
    accounts(where: $where, first: 50, after: $after) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes {
        id login name email isDisabled disabledAt lastSeenAt createdAt version
        roles { id role ministryUnit { id name { text locale direction } } organization { id name { text locale direction } } }
        tokens { id name roles readOnly createdAt expiresAt lastUsedAt revokedAt }
      }
    }
  }
`);

/** One account. */
export type Person = UsersListQuery['accounts']['nodes'][number];

/** A key of a program, whosever it is. */
export type Token = Person['tokens'][number];
