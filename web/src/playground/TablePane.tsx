import { useGraphiQL } from '@graphiql/react';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type AllPages, MAX_ROWS, type Progress, readAllPages } from './allPages';
import { csvFileName, toCsv } from './csv';
import { type GraphQLRequest, send } from './endpoint';
import { textHeaders } from './fetcher';
import { DownloadIcon, RefreshIcon, StopIcon } from './icons';
import { type Json, type JsonObject, isObject, parseJson } from './json';
import { type PagedConnection, pagedConnection } from './operation';
import { type Cell, type Table, findTables, mainTable } from './tables';

/** Rows drawn on the page; the file has all of them. */
const PREVIEW = 100;

/** The lists of an answer as tables: choose one, look at it, fetch its other pages, take it away as CSV. */
export function TablePane(props: { data: Json }): ReactNode {
  const { t, i18n } = useTranslation();
  const tables = useMemo(() => findTables(props.data), [props.data]);
  const [chosen, setChosen] = useState<string | null>(null);
  const first = tables.find((table) => table.path === chosen) ?? mainTable(tables);
  const paging = useAllPages(first?.path ?? '', props.data);
  if (!first) {
    return (
      <div className="empty">
        <p>{t('table.none')}</p>
        <p className="empty-hint">{t('table.noneHint')}</p>
      </div>
    );
  }
  const table = paging.result?.table ?? first;
  const number = new Intl.NumberFormat(i18n.language === 'ar' ? 'ar-SY-u-nu-latn' : 'en');
  const rows = (count: number): string => t('table.rows', { count });
  return (
    <div className="table-pane">
      <div className="table-bar">
        <label>
          <span>{t('table.choose')}</span>
          <select dir="ltr" value={first.path} disabled={paging.progress !== null && !paging.result} onChange={(event) => setChosen(event.target.value)}>
            {tables.map((candidate) => (
              <option key={candidate.path} value={candidate.path}>
                {t('table.option', { path: candidate.path, count: candidate.rows.length })}
              </option>
            ))}
          </select>
        </label>
        {paging.running ? (
          <button type="button" className="secondary" onClick={paging.stop}>
            <StopIcon />
            {t('table.stop')}
          </button>
        ) : (
          paging.connection && (
            <button type="button" className="secondary" onClick={paging.start}>
              <RefreshIcon />
              {t('table.fetchAll')}
            </button>
          )
        )}
        <button type="button" className="primary" disabled={paging.running} onClick={() => download(table)}>
          <DownloadIcon />
          {t('table.download')}
        </button>
      </div>
      {paging.running && (
        <progress aria-label={t('table.fetchAll')} {...(paging.progress?.total ? { value: paging.progress.rows, max: paging.progress.total } : {})} />
      )}
      <p className="table-note" role="status">
        {paging.running ? (
          progressText(paging.progress)
        ) : (
          <>
            {paging.result ? ending(paging.result) + ' ' : ''}
            {table.rows.length > PREVIEW ? t('table.shown', { shown: PREVIEW, count: number.format(table.rows.length) }) : rows(table.rows.length)}
          </>
        )}
      </p>
      <div className="table-scroll" role="region" aria-label={t('table.region')} tabIndex={0}>
        <table>
          <caption className="hidden">{t('table.caption', { path: table.path })}</caption>
          <thead>
            <tr>
              {table.columns.map((name, column) => (
                <th key={name} scope="col" className={table.rows.every((row) => isNumber(row[column] ?? null)) ? 'cell-number' : ''}>
                  <bdi dir="ltr">{name}</bdi>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.slice(0, PREVIEW).map((row, index) => (
              <tr key={index}>
                {row.map((cell, column) => (
                  <TableCell key={column} cell={cell} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );

  function progressText(progress: Progress | null): string {
    const count = progress?.rows ?? 0;
    return progress?.total
      ? t('table.progressOf', { rows: number.format(count), total: number.format(progress.total) })
      : t('table.progress', { rows: rows(count) });
  }

  function ending(result: AllPages): string {
    const end = result.ending;
    if (end.kind === 'failed') return t('table.failed', { message: end.message });
    return t(`table.${end.kind}`, { rows: number.format(MAX_ROWS) });
  }
}

/** Numbers stand at the right in both directions; texts take the direction of their own first letter. */
function TableCell(props: { cell: Cell }): ReactNode {
  const { cell } = props;
  if (cell === null) return <td className="cell-none">–</td>;
  const text = String(cell);
  if (isNumber(cell)) return <td className="cell-number">{text}</td>;
  return (
    <td>
      <span dir="auto">{text}</span>
    </td>
  );
}

/** Numbers, and amounts, which come as texts so that no digit is lost. */
function isNumber(cell: Cell): boolean {
  return typeof cell === 'number' || (typeof cell === 'string' && /^-?\d+\.\d+$/.test(cell));
}

function download(table: Table): void {
  const url = URL.createObjectURL(new Blob([toCsv(table.columns, table.rows)], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = csvFileName(table.path);
  link.click();
  // The browser has taken the file up by the next turn.
  setTimeout(() => URL.revokeObjectURL(url), 0);
}

interface Paging {
  /** Present if the operation can be read page after page and the table comes from its connection. */
  connection: PagedConnection | null;
  running: boolean;
  progress: Progress | null;
  result: AllPages | null;
  start: () => void;
  stop: () => void;
}

/** Reading all pages of the operation in the editor; starts anew with every answer and every other table. */
function useAllPages(tablePath: string, data: Json): Paging {
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
    return () => abort.current?.abort();
  }, [tablePath, data]);

  const query = queryEditor?.getValue() ?? '';
  const connection = useMemo(() => pagedConnection(query, operationName), [query, operationName]);
  const fits = connection !== null && (tablePath + '.').startsWith(connection.path.join('.') + '.');

  const start = async (): Promise<void> => {
    if (!connection) return;
    const controller = new AbortController();
    abort.current = controller;
    const request: GraphQLRequest = { query, variables: jsonObject(variableEditor?.getValue()) };
    if (operationName) request.operationName = operationName;
    const headers = textHeaders(jsonObject(headerEditor?.getValue()));
    setRunning(true);
    setResult(null);
    setProgress({ rows: 0, pages: 0, total: null });
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

function jsonObject(text: string | undefined): JsonObject {
  const value = parseJson(text ?? '');
  return isObject(value) ? value : {};
}
