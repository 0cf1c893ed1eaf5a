import type { Server } from './server';

/** The password of everybody in the tests. */
export const PASSWORD = 'four plain words here';

/** Somebody who is signed in, outside the browser. */
export interface Person {
  ask(query: string, variables: object): Promise<Record<string, unknown>>;
  post(path: string, body: object): Promise<Record<string, unknown>>;
}

/** The first administrator, by the link that the server prints on its first start. */
export async function administrator(server: Server): Promise<Person> {
  const link = /\/auth\/set-up#(\S+?)["\s]/.exec(server.printed())?.[1];
  if (!link) throw new Error(`the server printed no link for the first administrator:\n${server.printed()}`);
  return enter(server, '/auth/set-up', { link, login: 'admin', name: 'مدير النظام', password: PASSWORD });
}

/** An account with a role, whose person has chosen the password. A partner acts for the first organization there is. */
export async function colleague(server: Server, admin: Person, login: string, role: string): Promise<void> {
  const found = await admin.ask('{ organizations(first: 1) { nodes { id } } }', {});
  const [organization] = (found['organizations'] as { nodes: { id: string }[] }).nodes;
  const held = role === 'PARTNER' ? { role, organizationId: organization?.id } : { role };
  const made = await admin.ask(`mutation($input: CreateAccountInput!) { createAccount(input: $input) { account { id } userErrors { path message } } }`, {
    input: { account: { login, name: login, email: `${login}@example.org`, locale: 'en', roles: { save: [held] } } },
  });
  const answer = made['createAccount'] as { account: unknown; userErrors: unknown[] };
  if (!answer.account) throw new Error(`no account for ${login}: ${JSON.stringify(answer.userErrors)}`);
  const { link } = await admin.post('/auth/reset-link', { login });
  await enter(server, '/auth/reset', { link: String(link).split('#')[1], password: PASSWORD });
}

/** Somebody who has an account, signed in. */
export async function person(server: Server, login: string): Promise<Person> {
  return enter(server, '/auth/sign-in', { login, password: PASSWORD });
}

async function enter(server: Server, path: string, body: object): Promise<Person> {
  let cookie = '';
  const post = async (to: string, sent: object): Promise<Record<string, unknown>> => {
    const response = await fetch(server.address + to, { method: 'POST', headers: { 'Content-Type': 'application/json', Cookie: cookie }, body: JSON.stringify(sent) });
    const [first] = response.headers.getSetCookie();
    if (first) cookie = first.split(';')[0] ?? '';
    const answer = (await response.json()) as Record<string, unknown>;
    if (answer['errors']) throw new Error(`${to}: ${JSON.stringify(answer['errors'])}`);
    return answer;
  };
  await post(path, body);
  return { post, ask: async (query, variables) => (await post('/graphql', { query, variables }))['data'] as Record<string, unknown> };
}
