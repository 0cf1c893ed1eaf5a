import { graphql } from '../gql';
import type { ImportsListQuery } from '../gql/graphql';

/** Imports, the latest first, and the data sets that they have left. */
export const Runs = graphql(`
  query ImportsList($where: ImportRunWhere, $after: Cursor) {
    importRuns(where: $where, first: 30, after: $after) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes { id kind name state startedAt endedAt progress added changed unchanged refused noted }
    }
    dataSets(orderBy: [{ field: IMPORTED_AT, direction: DESC }], first: 100) {
      nodes { id name kind publisher url licence isDemonstration importedAt }
    }
  }
`);

/** What one import did, with everything that it refused. */
export const OneRun = graphql(`
  query ImportsOne($id: ID!) {
    run: node(id: $id) {
      ... on ImportRun { id summary summaryAr findings { kind place identifier reason reasonAr } }
    }
  }
`);

/** One import. */
export type Run = ImportsListQuery['importRuns']['nodes'][number];

/** One data set. */
export type DataSet = ImportsListQuery['dataSets']['nodes'][number];
