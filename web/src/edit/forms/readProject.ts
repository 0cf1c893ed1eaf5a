import { graphql } from '../../gql';
import { ask } from '../../graph/ask';
import { asWritten, type Standing, trialOf, type Tried, waits, withTexts } from './asWritten';

// All of a project would be more than the server answers at once.
const Record = graphql(`
  query EditProject($id: ID!) { record: project(by: { id: $id }) { ...EditProjectOf } }
  fragment EditProjectOf on Project {
    id code version state originalLocale confidential kind hierarchy status plannedStart actualStart plannedEnd actualEnd isHumanitarian iatiIdentifier isSecondaryReporter defaultCurrency capitalSpend
    titleAr: title(locale: "ar", fallback: []) { text isFallback } titleEn: title(locale: "en", fallback: []) { text isFallback } descriptionAr: description(locale: "ar", fallback: []) { text isFallback } descriptionEn: description(locale: "en", fallback: []) { text isFallback }
    objectivesAr: objectives(locale: "ar", fallback: []) { text isFallback } objectivesEn: objectives(locale: "en", fallback: []) { text isFallback } targetGroupsAr: targetGroups(locale: "ar", fallback: []) { text isFallback } targetGroupsEn: targetGroups(locale: "en", fallback: []) { text isFallback } otherDescriptionAr: otherDescription(locale: "ar", fallback: []) { text isFallback } otherDescriptionEn: otherDescription(locale: "en", fallback: []) { text isFallback }
    owner { id name { text } } parent { id title { text } } reportingOrganization { id name { text } }
    scope { id name { text } } collaborationType { id name { text } } flowType { id name { text } } financeType { id name { text } } aidType { id name { text } } tiedStatus { id name { text } }
    agreements(first: 50) { totalCount nodes { id title { text } } }
    partners { id role share organization { id name { text } } nameAr: name(locale: "ar", fallback: []) { text isFallback } nameEn: name(locale: "en", fallback: []) { text isFallback } }
    relatedProjects { id type ref related { id title { text } } }
    sectors { id percentage sector { id name { text } } }
    tags { id tag { id name { text } } nameAr: name(locale: "ar", fallback: []) { text isFallback } nameEn: name(locale: "en", fallback: []) { text isFallback } }
    policyMarkers { id marker { id name { text } } significance { id name { text } } }
    humanitarianScopes { id type vocabulary code nameAr: name(locale: "ar", fallback: []) { text isFallback } nameEn: name(locale: "en", fallback: []) { text isFallback } }
    locations(first: 50) { totalCount nodes { id percentage exactness latitude longitude unit { id name { text } } reach { id name { text } } locationClass { id name { text } } featureDesignation { id name { text } } nameAr: name(locale: "ar", fallback: []) { text isFallback } nameEn: name(locale: "en", fallback: []) { text isFallback } activityDescriptionAr: activityDescription(locale: "ar", fallback: []) { text isFallback } activityDescriptionEn: activityDescription(locale: "en", fallback: []) { text isFallback } } }
    countries { id percentage country { id name { text } } }
    regions { id percentage region { id name { text } } }
    budgets(first: 50) { totalCount nodes { id type status periodStart periodEnd valueDate value { amount currency } } }
    plannedDisbursements(first: 50) { totalCount nodes { id periodStart periodEnd value { amount currency } provider { id name { text } } receiver { id name { text } } } }
    identifiers { id type value ownerRef }
    translations(where: { locale: { in: ["ar", "en"] } }, first: 100) { nodes { field locale text proposal { text } } }
    pendingChanges(where: { state: { in: [DRAFT, SUBMITTED, RETURNED] } }, first: 1) { nodes { id } }
  }
`);
const TryRecord = graphql(`mutation EditTryProject($input: UpdateProjectInput!) { tried: updateProject(input: $input) { record: project { ...EditProjectOf } change { fields { recordId field after } } userErrors { path code message messageAr } } }`);
const Rest = graphql(`
  query EditProjectRest($id: ID!) { record: project(by: { id: $id }) { ...EditProjectRestOf } }
  fragment EditProjectRestOf on Project {
    version
    documents(first: 50) { totalCount nodes { ...EditDocument } }
    contacts { id type email phone website personAr: person(locale: "ar", fallback: []) { text isFallback } personEn: person(locale: "en", fallback: []) { text isFallback } functionAr: function(locale: "ar", fallback: []) { text isFallback } functionEn: function(locale: "en", fallback: []) { text isFallback } organizationAr: organization(locale: "ar", fallback: []) { text isFallback } organizationEn: organization(locale: "en", fallback: []) { text isFallback } departmentAr: department(locale: "ar", fallback: []) { text isFallback } departmentEn: department(locale: "en", fallback: []) { text isFallback } addressAr: address(locale: "ar", fallback: []) { text isFallback } addressEn: address(locale: "en", fallback: []) { text isFallback } }
    conditions { id type textAr: text(locale: "ar", fallback: []) { text isFallback } textEn: text(locale: "en", fallback: []) { text isFallback } }
  }
`);
const TryRest = graphql(`mutation EditTryProjectRest($input: UpdateProjectInput!) { tried: updateProject(input: $input) { record: project { ...EditProjectRestOf } change { fields { recordId field after } } userErrors { path code message messageAr } } }`);
const Transactions = graphql(`
  query EditProjectTransactions($id: ID!, $after: Cursor) { record: project(by: { id: $id }) { ...EditProjectTransactionsOf } }
  fragment EditProjectTransactionsOf on Project {
    version
    transactions(first: 100, after: $after) { totalCount pageInfo { hasNextPage endCursor } nodes { id type date valueDate ref isHumanitarian value { amount currency } provider { id name { text } } receiver { id name { text } } disbursementChannel { id name { text } } flowType { id name { text } } financeType { id name { text } } aidType { id name { text } } tiedStatus { id name { text } } descriptionAr: description(locale: "ar", fallback: []) { text isFallback } descriptionEn: description(locale: "en", fallback: []) { text isFallback } providerNameAr: providerName(locale: "ar", fallback: []) { text isFallback } providerNameEn: providerName(locale: "en", fallback: []) { text isFallback } receiverNameAr: receiverName(locale: "ar", fallback: []) { text isFallback } receiverNameEn: receiverName(locale: "en", fallback: []) { text isFallback } } }
  }
`);
const TryTransactions = graphql(`mutation EditTryProjectTransactions($input: UpdateProjectInput!, $after: Cursor) { tried: updateProject(input: $input) { record: project { ...EditProjectTransactionsOf } change { fields { recordId field after } } userErrors { path code message messageAr } } }`);
const Results = graphql(`
  query EditProjectResults($id: ID!, $after: Cursor) { record: project(by: { id: $id }) { ...EditProjectResultsOf } }
  fragment EditProjectResultsOf on Project {
    version
    results(first: 10, after: $after) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes {
        id type isAggregable titleAr: title(locale: "ar", fallback: []) { text isFallback } titleEn: title(locale: "en", fallback: []) { text isFallback } descriptionAr: description(locale: "ar", fallback: []) { text isFallback } descriptionEn: description(locale: "en", fallback: []) { text isFallback }
        indicators {
          id measure isAscending isAggregable titleAr: title(locale: "ar", fallback: []) { text isFallback } titleEn: title(locale: "en", fallback: []) { text isFallback } descriptionAr: description(locale: "ar", fallback: []) { text isFallback } descriptionEn: description(locale: "en", fallback: []) { text isFallback }
          baselines { id year date value valueText dimensions commentAr: comment(locale: "ar", fallback: []) { text isFallback } commentEn: comment(locale: "en", fallback: []) { text isFallback } }
          periods { id periodStart periodEnd targets { id value valueText dimensions commentAr: comment(locale: "ar", fallback: []) { text isFallback } commentEn: comment(locale: "en", fallback: []) { text isFallback } } actuals { id value valueText dimensions commentAr: comment(locale: "ar", fallback: []) { text isFallback } commentEn: comment(locale: "en", fallback: []) { text isFallback } } }
          references { id vocabulary code uri }
        }
        documents(first: 5) { totalCount nodes { ...EditDocument } }
      }
    }
  }
`);
const TryResults = graphql(`mutation EditTryProjectResults($input: UpdateProjectInput!, $after: Cursor) { tried: updateProject(input: $input) { record: project { ...EditProjectResultsOf } change { fields { recordId field after } } userErrors { path code message messageAr } } }`);

/** So many pages of a list are read; what is beyond is counted, and can be changed through the interface for programs. */
const MOST_PAGES = 10;

interface Page {
  totalCount: number;
  pageInfo: { hasNextPage: boolean; endCursor?: string | null };
  nodes: readonly unknown[];
}

/** Reads a piece of a project: as it stands, or as a trial shows it, with the texts that wait. */
async function piece<Piece>(isTried: boolean, standing: () => Promise<{ record?: Piece | null }>, tried: () => Promise<{ tried: Tried<Piece> }>): Promise<Piece | null> {
  if (!isTried) return (await standing()).record ?? null;
  const { record, change } = (await tried()).tried;
  return record ? withTexts(record, change?.fields ?? []) : null;
}

/** Reads a list page by page, and under which versions of its record. */
async function whole(read: (after: string | null) => Promise<{ version: number; page: Page } | null>): Promise<{ versions: number[]; list: { totalCount: number; nodes: unknown[] } } | null> {
  const versions: number[] = [];
  const nodes: unknown[] = [];
  let totalCount = 0;
  for (let after: string | null | undefined = null, pages = 0; after !== undefined && pages < MOST_PAGES; pages++) {
    const answer = await read(after);
    if (!answer) return null;
    versions.push(answer.version);
    nodes.push(...answer.page.nodes);
    totalCount = answer.page.totalCount;
    after = answer.page.pageInfo.hasNextPage ? (answer.page.pageInfo.endCursor ?? undefined) : undefined;
  }
  return { versions, list: { totalCount, nodes } };
}

/** Reads a project with its parts. */
export async function readProject(id: string, signal: AbortSignal): Promise<Standing | null> {
  const trial = (version: number) => ({ ...trialOf(id, version), project: {} });
  const record = await asWritten({
    standing: async () => (await ask(Record, { id }, signal)).record,
    tried: async (version) => (await ask(TryRecord, { input: trial(version) }, signal)).tried,
  });
  if (!record) return null;
  const isTried = waits(record) && !record.refused;
  const input = trial(record.version);
  const [rest, transactions, results] = await Promise.all([
    piece(isTried, () => ask(Rest, { id }, signal), () => ask(TryRest, { input }, signal)),
    whole(async (after) => {
      const read = await piece(isTried, () => ask(Transactions, { id, after }, signal), () => ask(TryTransactions, { input, after }, signal));
      return read && { version: read.version, page: read.transactions };
    }),
    whole(async (after) => {
      const read = await piece(isTried, () => ask(Results, { id, after }, signal), () => ask(TryResults, { input, after }, signal));
      return read && { version: read.version, page: read.results };
    }),
  ]);
  if (!rest || !transactions || !results) return null;
  // Should it have been changed meanwhile, saving finds the oldest of these versions in conflict.
  const version = Math.min(record.version, rest.version, ...transactions.versions, ...results.versions);
  return { ...rest, ...record, version, transactions: transactions.list, results: results.list } as Standing;
}
