import { type UseQueryResult, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Role } from '../gql/graphql';
import { post, talk } from '../graph/talk';

/** Who asks, as the server knows them. */
export interface Who {
  /** Nobody has signed in if null. */
  account: { id: string; login: string; name: string; email?: string; locale: string } | null;
  roles: Role[];
  /** The parts behind the roles; a part without a unit is for the whole ministry. */
  grants: { role: Role; ministryUnit?: string; organization?: string }[];
  /** Whether one may sign in by an OpenID Connect provider, too. */
  oidc: boolean;
  /** Whether the server can send mail, and with it the daily digest. */
  mails: boolean;
}

/** Under which it is kept who asks. */
export const WHO = ['who'];

/** Those who read everything that is not confidential, with its history. */
export const staff: readonly Role[] = ['ANALYST', 'EDITOR', 'TRANSLATOR', 'REVIEWER', 'CERTIFIER', 'APPROVER', 'ADMINISTRATOR'];

/** Whether somebody reads who changed what. */
export const readsHistory = (who: Who | undefined): boolean => who?.roles.some((role) => staff.includes(role)) ?? false;

/** Whether somebody enters records and changes them. */
export const entersRecords = (who: Who | undefined): boolean => who?.roles.some((role) => role === 'EDITOR' || role === 'APPROVER') ?? false;

/** Who is signed in; read once a minute at most. */
export function useWho(): UseQueryResult<Who> {
  return useQuery({ queryKey: WHO, queryFn: ({ signal }) => talk<Who>('/auth/me', { signal }), staleTime: 60_000 });
}

/** Signs in and out. What was read as somebody else is forgotten. */
export function useSession(): { signIn: (login: string, password: string) => Promise<void>; signOut: () => Promise<void> } {
  const client = useQueryClient();
  const become = async (path: string, body: object): Promise<void> => {
    const who = await post<Who>(path, body);
    client.setQueryData(WHO, who);
    client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== WHO[0] });
  };
  return { signIn: (login, password) => become('/auth/sign-in', { login, password }), signOut: () => become('/auth/sign-out', {}) };
}
