import { type ReactNode, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../gql';
import { useGraph } from '../graph/useGraph';
import { useFieldNames } from '../look/useFieldNames';
import { To } from '../shell/To';
import { useFormat } from '../shell/format';
import { readsHistory, useWho } from '../sign/session';
import { Section } from './parts';
import './texts.css';

/** The events that are asked for; a record with more shows its first ones. */
const MOST = 100;

const Publication = graphql(`
  query RecordPublication($id: ID!) {
    changes(subject: $id, first: 100) { id at action fields }
    node(id: $id) {
      ... on Organization { createdAt }
      ... on Agreement { createdAt }
      ... on Project { createdAt }
      ... on AdministrativeUnit { createdAt }
    }
  }
`);

/** When the record came to its readers and what of it was changed since, the latest first, as far as they see it. */
export function PublicationOf(props: { id: string }): ReactNode {
  // Names of fields have texts of their own, for which the record does not wait.
  return (
    <Suspense>
      <Events id={props.id} />
    </Suspense>
  );
}

function Events(props: { id: string }): ReactNode {
  const { t } = useTranslation('record');
  const names = useFieldNames();
  const format = useFormat();
  const { data: who } = useWho();
  const { data } = useGraph(Publication, { id: props.id });
  const createdAt = data?.node && 'createdAt' in data.node ? data.node.createdAt : null;
  if (!data || !createdAt) return null;
  // What was loaded with much else has no event of its own from before the feed began.
  const entered = data.changes[0]?.action === 'CREATED' ? [] : [{ id: '', at: createdAt, action: 'CREATED' as const, fields: [] }];
  return (
    <Section id="publication" title={t('publication.title')}>
      <ol className="record-publication">
        {[...entered, ...data.changes].reverse().map((event) => (
          <li key={event.id}>
            <time dateTime={event.at}>{format.date(event.at)}</time>
            <span>
              {t(`publication.action.${event.action}`)}
              {event.action === 'CHANGED' && event.fields.length > 0 && <>: {event.fields.map(names.field).join(t('comma'))}</>}
            </span>
          </li>
        ))}
      </ol>
      {data.changes.length === MOST && <p className="record-note">{t('publication.first', { number: format.number(MOST) })}</p>}
      {readsHistory(who) && (
        <p>
          <To to={`/desk/history?record=${props.id}`}>{t('publication.all')}</To>
        </p>
      )}
    </Section>
  );
}
