import { graphql } from '../gql';
import { useGraph } from '../graph/useGraph';

const Items = graphql(`
  query EditItems($lists: [String!]!) {
    codeLists(where: { name: { in: $lists } }, first: 20) { nodes { name items(where: { status: { eq: ACTIVE } }, first: 40) { nodes { code name { text } } } } }
  }
`);

/** The short code lists whose codes stand in forms as they are. */
export const shortLists = ['ConditionType', 'ContactType', 'HumanitarianScopeType', 'HumanitarianScopeVocabulary', 'IndicatorVocabulary', 'OtherIdentifierType'] as const;

/** One of them. */
export type ShortList = (typeof shortLists)[number];

/** The items of the short code lists: `items('ContactType')`. */
export function useItems(): (list: ShortList) => readonly { code: string; name: string }[] {
  const { data } = useGraph(Items, { lists: [...shortLists] }, { staleTime: 'static' });
  return (list) => data?.codeLists.nodes.find((each) => each.name === list)?.items.nodes.map(({ code, name }) => ({ code, name: name?.text ?? code })) ?? [];
}
