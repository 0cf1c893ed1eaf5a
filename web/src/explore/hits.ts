import { graphql } from '../gql';
import { useGraph } from '../graph/useGraph';

const Hits = graphql(`
  query SearchHits($text: String!, $first: Int!) {
    search(text: $text, first: $first) {
      kind
      highlight
      locale
      record {
        ... on Organization { id code }
        ... on Agreement { id code }
        ... on Project { id code }
        ... on AdministrativeUnit { id pcode }
      }
    }
  }
`);

/** Where the pages of each kind of record are. */
export const places = { ORGANIZATION: '/organizations/', AGREEMENT: '/agreements/', PROJECT: '/projects/', ADMINISTRATIVE_UNIT: '/units/' } as const;

/** Records of all kinds in which a text is found, the best first; nothing is asked unless enabled. */
export const useHits = (text: string, first: number, enabled: boolean) => useGraph(Hits, { text, first }, { enabled });
