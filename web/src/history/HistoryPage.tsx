import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { WholeDownload } from '../csv/WholeDownload';
import { Split } from '../desk/Split';
import type { FieldChangeWhere } from '../gql/graphql';
import { ask } from '../graph/ask';
import { useGraph } from '../graph/useGraph';
import { ErrorNote } from '../look/ErrorNote';
import { Loading } from '../look/Loading';
import { More } from '../look/More';
import { fieldTexts } from '../look/useFieldNames';
import { useFormat } from '../shell/format';
import { usePageTitle } from '../shell/language';
import { withParam } from '../shell/withParam';
import { Filters } from './Filters';
import { RevisionView } from './RevisionView';
import { RootName } from './RootName';
import { Changes, LARGEST_PAGE, RecordChanges, type RecordChangesOf, changesOf, plain, revisionsOf, whereOf } from './changes';
import './history.css';

/** The audit trail: who changed which field of which record, when and why, with the revision chosen beside the list. */
export default function HistoryPage(): ReactNode {
  const { t } = useTranslation(['history', 'desk', 'csv', ...fieldTexts]);
  const format = useFormat();
  const [params, setParams] = useSearchParams();
  usePageTitle(t('desk:menu.history'));
  const record = params.get('record');
  const where = whereOf(params);
  const after = params.get('after');
  const everything = useGraph(Changes, { where, first: LARGEST_PAGE, after }, { enabled: record === null });
  const ofRecord = useGraph(RecordChanges, { id: record ?? '', where, first: LARGEST_PAGE, after }, { enabled: record !== null, stays: (before) => before.id === record });
  const answer = record === null ? everything : ofRecord;
  const found = ofRecord.data?.node;
  const subject: RecordChangesOf | null = record !== null && found && 'history' in found ? found : null;
  const page = record === null ? everything.data?.fieldChanges : subject?.history;
  const choose = (item: string | null): void => setParams((before) => withParam(before, 'item', item), { replace: true, preventScrollReset: true });
  const revisions = revisionsOf(record === null ? (everything.data?.fieldChanges.nodes ?? []) : subject ? changesOf(subject) : []);
  const open = revisions.find((revision) => revision.key === params.get('item'));
  return (
    <Split
      title={t('desk:menu.history')}
      {...(page && { count: t('changes', { count: page.totalCount, shown: format.number(page.totalCount) }) })}
      isBusy={answer.isPlaceholderData}
      tools={
        <>
          <Filters params={params} subject={subject} onChange={(values) => setParams((before) => Object.entries({ ...values, item: null, after: null }).reduce((next, [name, value]) => withParam(next, name, value), before))} />
          {page && <AsFile key={JSON.stringify([record, where])} record={record} where={where} isEmpty={page.totalCount === 0} />}
        </>
      }
      list={
        <>
          {answer.error && <ErrorNote error={answer.error} onRetry={() => void answer.refetch()} />}
          {!answer.error && !answer.data && <Loading />}
          {page && revisions.length === 0 && <p className="desk-none">{t('none')}</p>}
          {revisions.length > 0 && (
            <ul className="desk-rows">
              {revisions.map((revision) => (
                <li key={revision.key}>
                  <button type="button" className="desk-item history-item" aria-pressed={revision === open} onClick={() => choose(revision.key)}>
                    <span className="desk-what">
                      <RootName revision={revision} />
                      <small>
                        {t(`subject.${revision.rootKind}`, { defaultValue: revision.rootKind })} · {t('fields', { count: revision.changes.length, shown: format.number(revision.changes.length) })}
                      </small>
                    </span>
                    <span className="desk-who">
                      <bdi>{revision.actorName ?? t('system')}</bdi>
                    </span>
                    <time className="desk-who" dateTime={revision.at}>
                      {format.moment(revision.at)}
                    </time>
                  </button>
                </li>
              ))}
            </ul>
          )}
          <div className="desk-acts">
            {after && (
              <button type="button" className="look-button" onClick={() => setParams((before) => withParam(before, 'after', null))}>
                {t('firstPage')}
              </button>
            )}
            {page && (
              <More page={page.pageInfo} onMore={(after) => setParams((before) => withParam(withParam(before, 'item', null), 'after', after))}>
                {t('nextPage')}
              </More>
            )}
          </div>
        </>
      }
      peek={open && <RevisionView key={open.key} revision={open} onClose={() => choose(null)} />}
      choose={t('choose')}
      onClose={() => choose(null)}
    />
  );
}

/** Hands out all that is looked at, with what the rows leave out. */
function AsFile(props: { record: string | null; where: FieldChangeWhere; isEmpty: boolean }): ReactNode {
  const { t } = useTranslation(['history', 'csv']);
  const { record, where } = props;
  return (
    <WholeDownload
      name="history"
      label={t('export')}
      columns={['at', 'who', 'operation', 'reason', 'rootKind', 'root', 'kind', 'record', 'action', 'field', 'before', 'after'].map((name) => t(`column.${name}`))}
      disabled={props.isEmpty}
      read={async (cursor, signal) => {
        const variables = { where, first: LARGEST_PAGE, after: cursor };
        const subject = record === null ? null : ((await ask(RecordChanges, { id: record, ...variables }, signal)).node as RecordChangesOf | null | undefined);
        const read = record === null ? (await ask(Changes, variables, signal)).fieldChanges : subject && { ...subject.history, nodes: changesOf(subject) };
        if (!read) throw new Error(t('noRecord'));
        return {
          total: read.totalCount,
          endCursor: read.pageInfo.endCursor ?? null,
          hasNextPage: read.pageInfo.hasNextPage,
          rows: read.nodes.map((change) => [
            change.at,
            change.revision.actorName ?? '',
            change.revision.operation ?? '',
            change.revision.reason ?? '',
            change.rootKind,
            change.root && 'code' in change.root ? change.root.code : '',
            change.kind,
            change.recordId ?? '',
            change.action,
            change.field,
            plain(change.before),
            plain(change.after),
          ]),
        };
      }}
    />
  );
}
