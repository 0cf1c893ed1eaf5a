import { type UseQueryResult, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Role } from '../gql/graphql';
import { GraphError } from '../graph/ask';
import { errorsOf } from '../graph/endpoint';
import { parseJson } from '../graph/json';

/** Who asks, as the server knows them. */
export interface Who {
  /** Nobody has signed in if null. */
  account: { id: string; login: string; name: string; locale: string } | null;
  roles: Role[];
  /** Whether one may sign in by an OpenID Connect provider, too. */
  oidc: boolean;
}

const KEY = ['who'];

/** Whether somebody enters records and changes them. */
export const entersRecords = (who: Who | undefined): boolean => who?.roles.some((role) => role === 'EDITOR' || role === 'APPROVER') ?? false;

/** Who is signed in; read once a minute at most. */
export function useWho(): UseQueryResult<Who> {
  return useQuery({ queryKey: KEY, queryFn: ({ signal }) => tell('/auth/me', { signal }), staleTime: 60_000 });
}

/** Signs in and out. What was read as somebody else is forgotten. */
export function useSession(): { signIn: (login: string, password: string) => Promise<void>; signOut: () => Promise<void> } {
  const client = useQueryClient();
  const become = async (path: string, body: object): Promise<void> => {
    const who = await tell(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
    client.setQueryData(KEY, who);
    client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== KEY[0] });
  };
  return { signIn: (login, password) => become('/auth/sign-in', { login, password }), signOut: () => become('/auth/sign-out', {}) };
}

/** Talks to the sign-in of the server, whose refusals have the shape of the graph's. */
async function tell(path: string, options: RequestInit): Promise<Who> {
  const response = await fetch(path, { credentials: 'same-origin', ...options });
  const body = parseJson(await response.text()) ?? null;
  const [first] = errorsOf(body);
  if (first) throw new GraphError(first.code ?? 'INTERNAL_SERVER_ERROR', first.message, first.messageAr, first.requestId);
  if (!response.ok) throw new Error(`HTTP ${response.status} ${response.statusText}`);
  return body as unknown as Who;
}
