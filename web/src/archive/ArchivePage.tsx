import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { PeekHead } from '../desk/PeekHead';
import RecordFacts from '../desk/RecordFacts';
import { Split } from '../desk/Split';
import { usePlace } from '../desk/usePlace';
import { type RecordType, pages, recordTypes } from '../edit/kinds';
import { useGraph } from '../graph/useGraph';
import { Shape } from '../look/Badge';
import { ErrorNote } from '../look/ErrorNote';
import { Loading } from '../look/Loading';
import { Texted } from '../look/Texted';
import { To } from '../shell/To';
import { useFormat } from '../shell/format';
import { usePageTitle } from '../shell/language';
import { readsHistory, useWho } from '../sign/session';
import Unseen from './Unseen';
import { type Archived, List, archivedOf } from './archive';
import './archive.css';

/** What was withdrawn from its readers and is kept: why, since when, and the way back. */
export default function ArchivePage(): ReactNode {
  const { t } = useTranslation(['archive', 'desk', 'edit']);
  const format = useFormat();
  const [params, go] = usePlace();
  usePageTitle(t('title'));
  const { data, error, refetch } = useGraph(List, {});
  if (error && !data) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  const { records: all, more } = archivedOf(data);
  const kind = recordTypes.find((type) => type === params.get('kind'));
  const records = kind ? all.filter((record) => record.__typename === kind) : all;
  const open = records.find((record) => record.id === params.get('item'));
  const close = (): void => go({ item: null });
  return (
    <Split
      title={t('title')}
      lead={t('lead')}
      count={t('count', { count: records.length, shown: format.number(records.length) })}
      tools={
        <label>
          {t('kind')}
          <select value={kind ?? ''} onChange={(event) => go({ kind: event.target.value || null, item: null })}>
            <option value="">{t('every')}</option>
            {recordTypes.map((type) => (
              <option key={type} value={type}>
                {t(`desk:record.${type}`)}
              </option>
            ))}
          </select>
        </label>
      }
      list={
        <>
          {error && <ErrorNote error={error} onRetry={() => void refetch()} />}
          {records.length === 0 && <p className="desk-none">{t('none')}</p>}
          {records.length > 0 && (
            <ul className="desk-rows">
              {records.map((record) => (
                <li key={record.id}>
                  <button type="button" className="desk-item archive-item" aria-pressed={record === open} onClick={() => go({ item: record.id })}>
                    <Shape state="archived" />
                    <span>
                      <Texted text={record.title} fallback={<bdi dir="ltr">{record.code}</bdi>} />
                      <small>
                        {t(`desk:record.${record.__typename}`)}
                        {record.stateComment && (
                          <>
                            {' · '}
                            <q dir="auto">{record.stateComment}</q>
                          </>
                        )}
                      </small>
                    </span>
                    <time className="desk-due" dateTime={record.updatedAt}>
                      {format.date(record.updatedAt)}
                    </time>
                  </button>
                </li>
              ))}
            </ul>
          )}
          {more > 0 && <p className="desk-none">{t('more', { count: more, shown: format.number(more) })}</p>}
        </>
      }
      peek={open && <ArchivedView key={open.id} record={open} onClose={close} />}
      choose={t('choose')}
      onClose={close}
    />
  );
}

function ArchivedView(props: { record: Archived; onClose: () => void }): ReactNode {
  const { t } = useTranslation(['archive', 'desk']);
  const { data: who } = useWho();
  const { record } = props;
  const kind: RecordType = record.__typename;
  return (
    <>
      <PeekHead onClose={props.onClose}>
        {t(`desk:record.${kind}`)} · <bdi dir="ltr">{record.code}</bdi>
      </PeekHead>
      <h2>
        {/* Of a page there is nothing to read elsewhere: readers do not see it, and its form is closed. */}
        {kind === 'Page' ? <Texted text={record.title} fallback={record.code} /> : <To to={pages[kind] + record.id}><Texted text={record.title} fallback={record.code} /></To>}
      </h2>
      {readsHistory(who) && (
        <p>
          <To to={`/desk/history?record=${record.id}`}>{t('history')}</To>
        </p>
      )}
      <Unseen id={record.id} />
      <RecordFacts kind={kind} id={record.id} />
    </>
  );
}
