import { Download } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNote } from '../look/ErrorNote';
import { useFormat } from '../shell/format';
import { csvFileName } from './csv';
import { downloadCsv } from './download';
import { type ReadBatch, readWhole } from './readWhole';

/** A button that hands out a whole list as a file, page after page, with how far it is and a way to stop. */
export function WholeDownload(props: { name: string; label: string; columns: readonly string[]; read: ReadBatch; disabled?: boolean }): ReactNode {
  const { t } = useTranslation('csv');
  const format = useFormat();
  const [far, setFar] = useState<{ rows: number; total: number } | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);
  const start = async (): Promise<void> => {
    const controller = new AbortController();
    running.current = controller;
    setFailure(null);
    setFar({ rows: 0, total: 0 });
    try {
      const rows = await readWhole(props.read, (read, total) => setFar({ rows: read, total }), controller.signal);
      downloadCsv(csvFileName(props.name), props.columns, rows);
    } catch (error) {
      if (!controller.signal.aborted) setFailure(error);
    }
    setFar(null);
  };
  return (
    <div className="look-whole">
      {far ? (
        <>
          <progress className="look-bar" aria-label={props.label} max={far.total || 1} value={far.rows} />
          <span role="status">{t('far', { rows: format.number(far.rows), total: format.number(far.total) })}</span>
          <button type="button" className="look-button" onClick={() => running.current?.abort()}>
            {t('stop')}
          </button>
        </>
      ) : (
        <button type="button" className="look-button" onClick={() => void start()} disabled={props.disabled}>
          <Download aria-hidden size={16} /> {props.label}
        </button>
      )}
      {failure !== null && <ErrorNote error={failure} onRetry={() => void start()} />}
    </div>
  );
}
