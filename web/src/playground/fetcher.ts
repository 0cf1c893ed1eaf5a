import type { Fetcher } from '@graphiql/toolkit';
import type { ExecutionResult } from 'graphql';
import { type GraphQLAnswer, type GraphQLRequest, send } from '../graph/endpoint';
import { type JsonObject, isObject } from '../graph/json';
import { hasOperation } from './operation';

type Next = (value: ExecutionResult) => void;
type Listener = undefined | Next | { next: Next; error: (error: unknown) => void; complete: () => void };

function ignore(): void {}

const INTROSPECTION = 'IntrospectionQuery';

/**
 * GraphiQL's way to our endpoint. Answers arrive as a subscription of one, because only that can be stopped; those to the
 * reader's own operations are reported too, with their time and size.
 */
export function createFetcher(language: () => string, report: (answer: GraphQLAnswer) => void): Fetcher {
  return (parameters, options) => ({
    subscribe(listener: Listener) {
      const abort = new AbortController();
      // GraphiQL's own callers pass an observer; a bare function is the other form its types allow.
      const observer = typeof listener === 'object' ? listener : { next: listener ?? ignore, error: ignore, complete: ignore };
      const variables: unknown = parameters.variables;
      const request: GraphQLRequest = { query: parameters.query };
      if (isObject(variables as JsonObject)) request.variables = variables as JsonObject;
      // GraphiQL notices the name of a new text a moment late; until then it would send the name of the text before.
      const name = parameters.operationName;
      if (name && hasOperation(parameters.query, name)) request.operationName = name;
      send(request, { language: language(), headers: textHeaders(options?.headers), signal: abort.signal }).then(
        (answer) => {
          if (abort.signal.aborted) return;
          if (parameters.operationName !== INTROSPECTION) report(answer);
          observer.next(answer.body);
          observer.complete();
        },
        (error: unknown) => {
          if (!abort.signal.aborted) observer.error(error);
        },
      );
      return { unsubscribe: () => abort.abort() };
    },
  });
}

/** Headers as typed by the reader: only texts can be sent. */
export function textHeaders(headers: unknown): Record<string, string> {
  if (typeof headers !== 'object' || headers === null) return {};
  return Object.fromEntries(Object.entries(headers).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}
