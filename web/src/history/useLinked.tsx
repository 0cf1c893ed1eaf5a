import type { ReactNode } from 'react';
import { graphql } from '../gql';
import { useGraph } from '../graph/useGraph';
import { Texted } from '../look/Texted';
import { type Compared, toldIn } from './Compare';
import { linksIn } from './valueText';

const Linked = graphql(`
  query HistoryLinked($ids: [ID!]!) {
    nodes(ids: $ids) {
      __typename
      id
      ... on Organization { title: name { text locale direction } }
      ... on Agreement { title { text locale direction } }
      ... on Project { title { text locale direction } }
      ... on Evaluation { title { text locale direction } }
      ... on TranslationRequest { title { text locale direction } }
      ... on Obligation { title: text { text locale direction } }
      ... on Recommendation { title: text { text locale direction } }
      ... on AdministrativeUnit { title: name { text locale direction } }
      ... on MinistryUnit { title: name { text locale direction } }
      ... on CodeListItem { title: name { text locale direction } }
      ... on Account { called: name }
      ... on StoredFile { called: name }
    }
  }
`);

/** As many records as the contract gives by their ids at once. */
const MOST = 100;

/** Names the records to which the values of fields lead; asked for all at once. */
export function useLinked(fields: readonly Compared[]): (id: string) => ReactNode {
  const ids = [...new Set(fields.flatMap((field) => linksIn(toldIn(field))))].slice(0, MOST);
  const nodes = useGraph(Linked, { ids }, { enabled: ids.length > 0, stays: () => false }).data?.nodes ?? [];
  const called = new Map(nodes.flatMap((one) => (one ? [[one.id, one] as const] : [])));
  return (id) => {
    const one = called.get(id);
    if (one && 'called' in one) return <bdi>{one.called}</bdi>;
    // What the reader may not see, or what is no more, has only its id.
    return <Texted text={one && 'title' in one ? one.title : null} fallback={<bdi dir="ltr">{id}</bdi>} />;
  };
}
