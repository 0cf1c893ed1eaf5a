import { type ReactNode, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type AllPages, MAX_ROWS, type Progress } from './allPages';
import { type Cell, csvFileName } from '../csv/csv';
import { downloadCsv } from '../csv/download';
import { DownloadIcon, RefreshIcon, StopIcon } from './icons';
import type { Json } from '../graph/json';
import { findTables, mainTable } from './tables';
import { useAllPages } from './useAllPages';

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
  const progressText = ({ rows: read, total }: Progress): string =>
    total ? t('table.progressOf', { rows: number.format(read), total: number.format(total) }) : t('table.progress', { rows: rows(read) });
  const endingText = ({ ending }: AllPages): string =>
    ending.kind === 'failed' ? t('table.failed', { message: ending.message }) : t(`table.${ending.kind}`, { rows: number.format(MAX_ROWS) });
  return (
    <div className="table-pane">
      <div className="table-bar">
        <label>
          <span>{t('table.choose')}</span>
          <select dir="ltr" value={first.path} disabled={paging.running} onChange={(event) => setChosen(event.target.value)}>
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
        <button type="button" className="secondary" disabled={paging.running} onClick={() => downloadCsv(csvFileName(table.path), table.columns, table.rows)}>
          <DownloadIcon />
          {t('table.download')}
        </button>
      </div>
      {paging.running && (
        <progress aria-label={t('table.fetchAll')} {...(paging.progress?.total ? { value: paging.progress.rows, max: paging.progress.total } : {})} />
      )}
      <p className="table-note" role="status">
        {paging.running && paging.progress ? (
          progressText(paging.progress)
        ) : (
          <>
            {paging.result ? endingText(paging.result) + ' ' : ''}
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
}

/** Numbers stand at the right in both directions; texts take the direction of their own first letter. */
function TableCell(props: { cell: Cell }): ReactNode {
  const { cell } = props;
  if (cell === null) return <td className="cell-none">–</td>;
  const text = String(cell);
  if (isNumber(cell)) return <td className="cell-number">{typeof cell === 'string' ? grouped(cell) : text}</td>;
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

/** An amount with its thousands set apart, digit for digit as it came. */
function grouped(amount: string): string {
  const [whole = '', fraction = ''] = amount.split('.');
  return whole.replaceAll(/\B(?=(\d{3})+$)/g, ',') + '.' + fraction;
}
