import { GraphError } from './ask';
import { errorsOf } from './endpoint';
import { parseJson } from './json';

/** Talks to an address of the server beside the graph, such as the sign-in, whose refusals have the shape of the graph's. */
export async function talk<Answer>(path: string, options: RequestInit): Promise<Answer> {
  const response = await fetch(path, { credentials: 'same-origin', ...options });
  const body = parseJson(await response.text()) ?? null;
  const [first] = errorsOf(body);
  if (first) throw new GraphError(first.code ?? 'INTERNAL_SERVER_ERROR', first.message, first.messageAr, first.requestId);
  if (!response.ok) throw new Error(`HTTP ${response.status} ${response.statusText}`);
  return body as unknown as Answer;
}

/** Posts a JSON object to such an address. */
export const post = <Answer>(path: string, body: object): Promise<Answer> =>
  talk<Answer>(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
