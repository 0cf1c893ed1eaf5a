import { tryParseJSONC, useGraphiQL } from '@graphiql/react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type AllPages, type Progress, readAllPages } from './allPages';
import { type GraphQLRequest, send } from '../graph/endpoint';
import { textHeaders } from './fetcher';
import { type Json, type JsonObject, isObject } from '../graph/json';
import { type PagedConnection, pagedConnection } from './operation';

/** Reading the other pages of a table's connection. */
export interface Paging {
  /** Present if the operation can be read page after page and the table comes from its connection. */
  connection: PagedConnection | null;
  running: boolean;
  progress: Progress | null;
  result: AllPages | null;
  start: () => void;
  stop: () => void;
}

/** Reads all pages of the operation in the editor; starts anew with every answer and every other table. */
export function useAllPages(tablePath: string, data: Json): Paging {
  const { i18n } = useTranslation();
  const queryEditor = useGraphiQL((state) => state.queryEditor);
  const variableEditor = useGraphiQL((state) => state.variableEditor);
  const headerEditor = useGraphiQL((state) => state.headerEditor);
  const operationName = useGraphiQL((state) => state.operationName) ?? null;
  const [progress, setProgress] = useState<Progress | null>(null);
  const [result, setResult] = useState<AllPages | null>(null);
  const [running, setRunning] = useState(false);
  const abort = useRef<AbortController | null>(null);

  useEffect(() => {
    setProgress(null);
    setResult(null);
    return () => {
      // What is still being read belongs to a table that is no longer shown.
      abort.current?.abort();
      abort.current = null;
    };
  }, [tablePath, data]);

  const query = queryEditor?.getValue() ?? '';
  const connection = useMemo(() => pagedConnection(query, operationName), [query, operationName]);
  const fits = connection !== null && (tablePath + '.').startsWith(connection.path.join('.') + '.');

  const start = async (): Promise<void> => {
    if (!connection) return;
    const controller = new AbortController();
    abort.current = controller;
    const progress: Progress = { rows: 0, pages: 0, total: null };
    setResult(null);
    setProgress(progress);
    let request: GraphQLRequest;
    let headers: Record<string, string>;
    try {
      request = { query, variables: typedObject(variableEditor?.getValue()), ...(operationName ? { operationName } : {}) };
      headers = textHeaders(typedObject(headerEditor?.getValue()));
    } catch (error) {
      setResult({ table: null, progress, ending: { kind: 'failed', message: error instanceof Error ? error.message : String(error) } });
      return;
    }
    setRunning(true);
    const all = await readAllPages(
      { connection, request, tablePath },
      (page) => send(page, { language: i18n.language, headers, signal: controller.signal }),
      setProgress,
      controller.signal,
    );
    setRunning(false);
    if (abort.current === controller) setResult(all);
  };

  return { connection: fits ? connection : null, running, progress, result, start: () => void start(), stop: () => abort.current?.abort() };
}

/** What the reader typed as variables or headers, comments allowed; an error if it is not JSON. */
function typedObject(text: string | undefined): JsonObject {
  const value = tryParseJSONC(text ?? '') as Json | undefined;
  return isObject(value) ? value : {};
}
