import { graphql } from '../gql';
import type { DeskDayQuery } from '../gql/graphql';

/** What is due between two days. */
export const Day = graphql(`
  query DeskDay($from: Date, $to: Date, $kinds: [AgendaKind!], $owner: ID, $organization: ID, $states: [ObligationState!]) {
    agenda(from: $from, to: $to, kinds: $kinds, owner: $owner, organization: $organization, states: $states, first: 100) {
      kind
      dueOn
      daysLeft
      state
      title { text locale direction }
      record {
        __typename
        ... on Duty { id obligation { id clause obligor { id name { text locale direction } } beneficiary { id name { text locale direction } } } }
        ... on Obligation { id clause obligor { id name { text locale direction } } beneficiary { id name { text locale direction } } }
        ... on ObligationFollowUp { id obligation { id } }
        ... on Agreement { id }
        ... on TranslationRequest { id }
        ... on RecommendationAction { id recommendation { evaluation { id code title { text locale direction } } } }
      }
      agreement { id code version title { text locale direction } }
      organization { id name { text locale direction } }
      owner { id name { text locale direction } }
    }
  }
`);

/** The day so many days from today, as YYYY-MM-DD. */
export const dayFrom = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** As many as the query asks for; when they all come, there may be more. */
export const MOST = 100;

/** One thing that is due. */
export type AgendaEntry = DeskDayQuery['agenda'][number];

/** Names an item in the address: a record can be due more than once. */
export const keyOf = (entry: AgendaEntry): string => `${entry.kind}.${entry.record?.id ?? ''}.${entry.dueOn}`;
