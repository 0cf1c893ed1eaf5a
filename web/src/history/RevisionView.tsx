import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { PeekHead } from '../desk/PeekHead';
import { useFieldNames } from '../look/useFieldNames';
import { To } from '../shell/To';
import { useFormat } from '../shell/format';
import { Compare, type Compared } from './Compare';
import { RootName, placeOf } from './RootName';
import { type Change, type Revision, plain, silent } from './changes';
import { useLinked } from './useLinked';

/** Of what the public reads there is a page as it stood at any moment. */
const dated = new Set(['Agreement', 'Project', 'Organization', 'AdministrativeUnit']);

/** What somebody did to a record: each field before and after, and the record as it stood on either side of it. */
export function RevisionView(props: { revision: Revision; onClose: () => void }): ReactNode {
  const { t } = useTranslation('history');
  const format = useFormat();
  const names = useFieldNames();
  const { revision } = props;
  const { root } = revision;
  const rows = rowsOf(revision.changes);
  const link = useLinked(rows.flatMap((row) => row.told));
  const place = placeOf(revision);
  const id = root && 'id' in root ? root.id : '';
  // A moment just before; times of revisions have microseconds, which a date of JavaScript does not.
  const before = new Date(Date.parse(revision.at) - 1).toISOString();
  return (
    <>
      <PeekHead onClose={props.onClose}>{t(`subject.${revision.rootKind}`, { defaultValue: revision.rootKind })}</PeekHead>
      <h2>
        <RootName revision={revision} />
      </h2>
      <p>
        <To to={`/desk/history?who=${encodeURIComponent(revision.actorName ?? '')}`}><bdi>{revision.actorName ?? t('system')}</bdi></To> ·{' '}
        {t(`operation.${revision.operation ?? ''}`, { defaultValue: revision.operation ?? '' })} · {format.moment(revision.at)}
      </p>
      {revision.reason && (
        <blockquote dir="auto" className="desk-comment">
          {revision.reason}
        </blockquote>
      )}
      {place && !(root && dated.has(root.__typename)) && (
        <p className="desk-acts">
          <To to={place}>{t('open')}</To>
        </p>
      )}
      {place && root && dated.has(root.__typename) && (
        <p className="desk-acts">
          <To to={`${place}?asOf=${encodeURIComponent(before)}`}>{t('asBefore')}</To>
          <To to={`${place}?asOf=${encodeURIComponent(revision.at)}`}>{t('asAfter')}</To>
          <To to={`/desk/history?record=${id}`}>{t('ofRecord')}</To>
        </p>
      )}
      {rows.map((row) => (
        <section key={row.key}>
          <h3 className="history-row">
            {t(`action.${row.action}`)} {names.kind(row.kind)}
          </h3>
          <Compare fields={row.told} link={link} heads={{ field: t('column.field'), before: t('column.before'), after: t('column.after') }} />
        </section>
      ))}
    </>
  );
}

/** One row that changed: its fields, of those that tell a reader something, each as it was and as it is. */
interface ChangedRow {
  key: string;
  kind: string;
  action: Change['action'];
  told: Compared[];
}

function rowsOf(changes: readonly Change[]): ChangedRow[] {
  const rows = new Map<string, Change[]>();
  for (const change of changes) {
    const key = `${change.kind} ${change.recordId ?? ''}`;
    rows.set(key, [...(rows.get(key) ?? []), change]);
  }
  return [...rows].flatMap(([key, of]) => {
    const written = of.find((change) => change.kind === 'Translation' && change.field === 'locale');
    // A text reads in the direction of its language, which is a field of its own.
    const language = plain(written?.after ?? written?.before);
    const told = of
      .filter((change) => !silent.has(change.field))
      .map((change) => ({ ...change, key: change.id, language: change.field === 'text' || change.field === 'proposalText' ? language : undefined }));
    const [first] = of;
    return first && told.length > 0 ? [{ key, kind: first.kind, action: first.action, told }] : [];
  });
}
