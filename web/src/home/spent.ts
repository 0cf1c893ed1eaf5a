import { graphql } from '../gql';

/** What was spent, by governorate: the map and the bars of the first page show the same answer. */
export const Spent = graphql(`
  query HomeSpent {
    funding(by: [GOVERNORATE], measure: SPEND, currency: "USD") {
      currency
      rule { text locale direction }
      rows { governorate { id name { text locale direction } } currency amount }
      totals { currency amount withoutRate }
    }
  }
`);
