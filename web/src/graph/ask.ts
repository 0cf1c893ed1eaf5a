import type { TypedDocumentString } from '../gql/graphql';
import { asOf } from '../past/moment';
import { errorsOf, send } from './endpoint';
import type { Json } from './json';

/** A refusal of the server, in the words of its answer. */
export class GraphError extends Error {
  readonly code: string;
  readonly requestId: string | null;
  readonly #arabic: string | null;

  constructor(code: string, english: string, arabic: string | null, requestId: string | null) {
    super(english);
    this.name = 'GraphError';
    this.code = code;
    this.requestId = requestId;
    this.#arabic = arabic;
  }

  /** What went wrong, for a reader of this language. */
  text(locale: string): string {
    return locale === 'ar' && this.#arabic ? this.#arabic : this.message;
  }
}

/** Sends one typed operation in the language of the page, a query perhaps as of a moment; rejects with GraphError if the answer has errors. */
export async function ask<Result, Variables>(
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
  signal?: AbortSignal,
  moment: string | null = null,
): Promise<Result> {
  const answer = await send(
    // Typed variables are plain JSON: codegen makes them from the contract's input types.
    { query: moment === null ? document.toString() : asOf(document.toString(), moment), variables: (variables ?? {}) as Record<string, Json> },
    { language: globalThis.document.documentElement.lang, ...(signal ? { signal } : {}) },
  );
  const [first] = errorsOf(answer.body);
  if (first) throw new GraphError(first.code ?? 'INTERNAL_SERVER_ERROR', first.message, first.messageAr, first.requestId);
  return answer.body['data'] as Result;
}
