import { type Json, type JsonObject, isObject, parseJson } from './json';

const ENDPOINT = '/graphql';

/** One operation as it goes to the server. */
export interface GraphQLRequest {
  query: string;
  variables?: JsonObject;
  operationName?: string;
}

/** An answer of the server, or of what stands between it and this page. */
export interface GraphQLAnswer {
  body: JsonObject;
  /** HTTP status. */
  status: number;
  /** From sending to the last byte, in milliseconds. */
  duration: number;
  /** Length of the answer, in bytes as unpacked. */
  size: number;
}

/** One error of an answer, in both languages of the page. */
export interface AnswerError {
  code: string | null;
  message: string;
  messageAr: string | null;
  /** Under which the log of the server tells more. */
  requestId: string | null;
}

/**
 * Sends one operation to our own server. The language of the page is asked for first, so that texts arrive in it where they
 * exist. Rejects when there is no answer at all; an answer with errors is an answer.
 */
export async function send(
  request: GraphQLRequest,
  options: { language: string; headers?: Record<string, string>; signal?: AbortSignal },
): Promise<GraphQLAnswer> {
  const started = performance.now();
  const response = await fetch(ENDPOINT, {
    method: 'POST',
    credentials: 'same-origin',
    headers: {
      Accept: 'application/graphql-response+json, application/json;q=0.9',
      'Accept-Language': options.language === 'ar' ? 'ar, en;q=0.8' : 'en, ar;q=0.8',
      'Content-Type': 'application/json',
      ...options.headers,
    },
    body: JSON.stringify(request),
    ...(options.signal ? { signal: options.signal } : {}),
  });
  const text = await response.text();
  const body = parseJson(text);
  if (!isObject(body)) throw new Error(`HTTP ${response.status} ${response.statusText}: ${text.slice(0, 200)}`);
  return { body, status: response.status, duration: performance.now() - started, size: new TextEncoder().encode(text).length };
}

/** The errors of an answer, if any. */
export function errorsOf(body: Json): AnswerError[] {
  const errors = isObject(body) ? body['errors'] : undefined;
  if (!Array.isArray(errors)) return [];
  return errors.filter(isObject).map((error) => {
    const extensions = isObject(error['extensions']) ? error['extensions'] : {};
    return {
      code: textOrNull(extensions['code']),
      message: textOrNull(error['message']) ?? '',
      messageAr: textOrNull(extensions['messageAr']),
      requestId: textOrNull(extensions['requestId']),
    };
  });
}

function textOrNull(value: Json | undefined): string | null {
  return typeof value === 'string' ? value : null;
}
