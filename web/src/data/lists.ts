import type { ReadBatch } from '../csv/readWhole';
import type { Cell } from '../csv/csv';
import { graphql } from '../gql';
import type { TypedDocumentString } from '../gql/graphql';
import { ask } from '../graph/ask';

/** A list as a file for other programs: codes, ids, dates as the standards write them, and texts in both languages. */
export interface WholeList {
  name: 'organizations' | 'agreements' | 'projects' | 'transactions' | 'units';
  columns: readonly string[];
  read: ReadBatch;
}

interface Page<Node> {
  totalCount: number;
  pageInfo: { endCursor?: string | null; hasNextPage: boolean };
  nodes: Node[];
}

type Text = { text: string } | null | undefined;

/** A list whose rows are made of the records of a connection, one column for each value. */
function wholeList<Result, Node>(
  name: WholeList['name'],
  document: TypedDocumentString<Result, { after?: string | null }>,
  page: (answer: Result) => Page<Node>,
  values: Record<string, (node: Node) => Cell | undefined>,
): WholeList {
  return {
    name,
    columns: Object.keys(values),
    read: async (after, signal) => {
      const { totalCount, pageInfo, nodes } = page(await ask(document, { after }, signal));
      return {
        total: totalCount,
        rows: nodes.map((node) => Object.values(values).map((value) => value(node) ?? null)),
        endCursor: pageInfo.endCursor ?? null,
        hasNextPage: pageInfo.hasNextPage,
      };
    },
  };
}

const textOf = (text: Text): Cell => text?.text ?? null;

const Organizations = graphql(`
  query DataOrganizations($after: Cursor) {
    organizations(first: 100, after: $after) {
      totalCount
      pageInfo { endCursor hasNextPage }
      nodes { id code acronym kind iatiIdentifier website updatedAt isDemonstration ar: name(locale: "ar", fallback: []) { text } en: name(locale: "en", fallback: []) { text } country { code } }
    }
  }
`);

const Agreements = graphql(`
  query DataAgreements($after: Cursor) {
    agreements(first: 100, after: $after) {
      totalCount
      pageInfo { endCursor hasNextPage }
      nodes { id code kind status isBinding signedOn inForceOn expiresOn registryReference updatedAt isDemonstration ar: title(locale: "ar", fallback: []) { text } en: title(locale: "en", fallback: []) { text } envelope { amount currency } }
    }
  }
`);

const Projects = graphql(`
  query DataProjects($after: Cursor) {
    projects(first: 100, after: $after) {
      totalCount
      pageInfo { endCursor hasNextPage }
      nodes { id code iatiIdentifier kind status startDate endDate updatedAt isDemonstration ar: title(locale: "ar", fallback: []) { text } en: title(locale: "en", fallback: []) { text } reportingOrganization { code } parent { code } }
    }
  }
`);

const Transactions = graphql(`
  query DataTransactions($after: Cursor) {
    transactions(first: 100, after: $after) {
      totalCount
      pageInfo { endCursor hasNextPage }
      nodes { id type date value { amount currency } project { code iatiIdentifier } provider { code } receiver { code } }
    }
  }
`);

const Units = graphql(`
  query DataUnits($after: Cursor) {
    administrativeUnits(first: 100, after: $after) {
      totalCount
      pageInfo { endCursor hasNextPage }
      nodes { id pcode level latitude longitude ar: name(locale: "ar", fallback: []) { text } en: name(locale: "en", fallback: []) { text } parent { pcode } }
    }
  }
`);

/** The lists on offer as files. */
export const lists: readonly WholeList[] = [
  wholeList('projects', Projects, (answer) => answer.projects, {
    id: (p) => p.id,
    code: (p) => p.code,
    iati_identifier: (p) => p.iatiIdentifier,
    title_ar: (p) => textOf(p.ar),
    title_en: (p) => textOf(p.en),
    kind: (p) => p.kind,
    status: (p) => p.status,
    start_date: (p) => p.startDate,
    end_date: (p) => p.endDate,
    reported_by: (p) => p.reportingOrganization?.code,
    part_of: (p) => p.parent?.code,
    updated_at: (p) => p.updatedAt,
    is_demonstration: (p) => p.isDemonstration,
  }),
  wholeList('agreements', Agreements, (answer) => answer.agreements, {
    id: (a) => a.id,
    code: (a) => a.code,
    title_ar: (a) => textOf(a.ar),
    title_en: (a) => textOf(a.en),
    kind: (a) => a.kind,
    status: (a) => a.status,
    is_binding: (a) => a.isBinding,
    signed_on: (a) => a.signedOn,
    in_force_on: (a) => a.inForceOn,
    expires_on: (a) => a.expiresOn,
    envelope: (a) => a.envelope?.amount,
    currency: (a) => a.envelope?.currency,
    registry_reference: (a) => a.registryReference,
    updated_at: (a) => a.updatedAt,
    is_demonstration: (a) => a.isDemonstration,
  }),
  wholeList('organizations', Organizations, (answer) => answer.organizations, {
    id: (o) => o.id,
    code: (o) => o.code,
    acronym: (o) => o.acronym,
    name_ar: (o) => textOf(o.ar),
    name_en: (o) => textOf(o.en),
    kind: (o) => o.kind,
    country: (o) => o.country?.code,
    iati_identifier: (o) => o.iatiIdentifier,
    website: (o) => o.website,
    updated_at: (o) => o.updatedAt,
    is_demonstration: (o) => o.isDemonstration,
  }),
  wholeList('transactions', Transactions, (answer) => answer.transactions, {
    id: (t) => t.id,
    project: (t) => t.project.code,
    project_iati_identifier: (t) => t.project.iatiIdentifier,
    type: (t) => t.type,
    date: (t) => t.date,
    amount: (t) => t.value.amount,
    currency: (t) => t.value.currency,
    provider: (t) => t.provider?.code,
    receiver: (t) => t.receiver?.code,
  }),
  wholeList('units', Units, (answer) => answer.administrativeUnits, {
    id: (u) => u.id,
    pcode: (u) => u.pcode,
    level: (u) => u.level,
    name_ar: (u) => textOf(u.ar),
    name_en: (u) => textOf(u.en),
    lies_in: (u) => u.parent?.pcode,
    latitude: (u) => u.latitude,
    longitude: (u) => u.longitude,
  }),
];
