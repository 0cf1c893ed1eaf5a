import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { PeekHead } from '../desk/PeekHead';
import { Texted } from '../look/Texted';
import { useFieldNames } from '../look/useFieldNames';
import { To } from '../shell/To';
import { useFormat } from '../shell/format';
import { type Change, type Revision, nameOf, plain } from './changes';

const places: Record<string, string> = { Agreement: '/agreements/', Project: '/projects/', Organization: '/organizations/', AdministrativeUnit: '/units/' };
/** What follows from the rest and tells a reader nothing; the file has it. */
const silent = new Set(['id', 'subjectId', 'subjectKind', 'sourceDigest', 'translatorId', 'reviewerId', 'certifierId', 'published']);

/** What somebody did to a record: each field before and after, and the record as it stood on either side of it. */
export function RevisionView(props: { revision: Revision; onClose: () => void }): ReactNode {
  const { t } = useTranslation('history');
  const format = useFormat();
  const { revision } = props;
  const { root } = revision;
  const place = root && 'id' in root ? places[root.__typename] : undefined;
  const id = root && 'id' in root ? root.id : '';
  // A moment just before; times of revisions have microseconds, which a date of JavaScript does not.
  const before = new Date(Date.parse(revision.at) - 1).toISOString();
  return (
    <>
      <PeekHead onClose={props.onClose}>{t(`subject.${revision.rootKind}`, { defaultValue: revision.rootKind })}</PeekHead>
      <h2>
        <Texted text={nameOf(root)} fallback={root && 'code' in root ? root.code : t(`subject.${revision.rootKind}`, { defaultValue: revision.rootKind })} />
      </h2>
      <p>
        {t('by')} <To to={`/desk/history?who=${encodeURIComponent(revision.actorName ?? '')}`}><bdi>{revision.actorName ?? t('system')}</bdi></To> · {format.date(revision.at)} ·{' '}
        <bdi dir="ltr">{revision.operation}</bdi>
      </p>
      {revision.reason && (
        <blockquote dir="auto" className="desk-comment">
          {revision.reason}
        </blockquote>
      )}
      {place && (
        <p className="desk-acts">
          <To to={`${place}${id}?asOf=${encodeURIComponent(before)}`}>{t('asBefore')}</To>
          <To to={`${place}${id}?asOf=${encodeURIComponent(revision.at)}`}>{t('asAfter')}</To>
          <To to={`/desk/history?record=${id}`}>{t('ofRecord')}</To>
        </p>
      )}
      {rowsOf(revision.changes).map(({ key, changes }) => (
        <Row key={key} changes={changes} />
      ))}
    </>
  );
}

function rowsOf(changes: readonly Change[]): { key: string; changes: Change[] }[] {
  const rows = new Map<string, Change[]>();
  for (const change of changes) {
    const key = `${change.kind} ${change.recordId ?? ''}`;
    rows.set(key, [...(rows.get(key) ?? []), change]);
  }
  return [...rows].map(([key, of]) => ({ key, changes: of }));
}

/** The fields of one row, each as it was and as it is; a text in the direction of its language. */
function Row(props: { changes: Change[] }): ReactNode {
  const { t } = useTranslation('history');
  const names = useFieldNames();
  const [first] = props.changes;
  const written = props.changes.find((change) => change.kind === 'Translation' && change.field === 'locale');
  const language = plain(written?.after ?? written?.before);
  const told = props.changes.filter((change) => !silent.has(change.field));
  if (!first || told.length === 0) return null;
  return (
    <section>
      <h3 className="history-row">
        {t(`action.${first.action}`)} {names.kind(first.kind)}
      </h3>
      <table className="desk-compare">
        <thead>
          <tr>
            <th scope="col">{t('column.field')}</th>
            <th scope="col">{t('column.before')}</th>
            <th scope="col">{t('column.after')}</th>
          </tr>
        </thead>
        <tbody>
          {told.map((change) => {
            const of = change.field === 'text' || change.field === 'proposalText' ? language : /\.([a-z]{2,3})$/.exec(change.field)?.[1];
            return (
              <tr key={change.id}>
                <th scope="row" title={`${change.kind}.${change.field}`}>
                  {names.field(change.field)}
                </th>
                <td>
                  <Value value={change.before} language={of} />
                </td>
                <td>
                  <Value value={change.after} language={of} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

function Value(props: { value: unknown; language: string | undefined }): ReactNode {
  const text = plain(props.value);
  if (text === '') return '–';
  return (
    <span dir="auto" lang={props.language || undefined}>
      {text}
    </span>
  );
}
