import { graphql } from '../../gql';
import { BudgetStatus, BudgetType, GeographicExactness, PartnerRole, type ProjectInput, ProjectKind, ProjectStatus, TransactionType } from '../../gql/graphql';
import { ask } from '../../graph/ask';
import type { Field } from '../fields';
import type { Form } from './form';

const fields: readonly Field[] = [
  { name: 'title', control: 'text' },
  { name: 'description', control: 'longText' },
  { name: 'kind', control: 'choice', enumeration: 'ProjectKind', values: Object.values(ProjectKind) },
  { name: 'status', control: 'choice', enumeration: 'ProjectStatus', values: Object.values(ProjectStatus) },
  { name: 'plannedStart', control: 'date' },
  { name: 'actualStart', control: 'date' },
  { name: 'plannedEnd', control: 'date' },
  { name: 'actualEnd', control: 'date' },
  { name: 'iatiIdentifier', control: 'line' },
  { name: 'defaultCurrency', control: 'currency' },
  { name: 'isHumanitarian', control: 'boolean' },
  { name: 'ownerId', control: 'unit' },
  { name: 'agreements', control: 'links', of: 'AGREEMENT' },
  {
    name: 'partners',
    control: 'parts',
    fields: [
      { name: 'organizationId', control: 'record', of: 'ORGANIZATION' },
      { name: 'role', control: 'choice', enumeration: 'PartnerRole', values: Object.values(PartnerRole) },
      { name: 'name', control: 'text' },
      { name: 'share', control: 'decimal' },
    ],
  },
  {
    name: 'sectors',
    control: 'parts',
    fields: [
      { name: 'sectorId', control: 'code', list: 'Sector' },
      { name: 'percentage', control: 'decimal' },
    ],
  },
  {
    name: 'locations',
    control: 'parts',
    fields: [
      { name: 'unitId', control: 'record', of: 'ADMINISTRATIVE_UNIT' },
      { name: 'name', control: 'text' },
      { name: 'percentage', control: 'decimal' },
      { name: 'exactness', control: 'choice', enumeration: 'GeographicExactness', values: Object.values(GeographicExactness) },
    ],
  },
  {
    name: 'transactions',
    control: 'parts',
    fields: [
      { name: 'type', control: 'choice', enumeration: 'TransactionType', values: Object.values(TransactionType) },
      { name: 'date', control: 'date' },
      { name: 'value', control: 'money' },
      { name: 'providerId', control: 'record', of: 'ORGANIZATION' },
      { name: 'receiverId', control: 'record', of: 'ORGANIZATION' },
      { name: 'valueDate', control: 'date' },
      { name: 'description', control: 'text' },
      { name: 'ref', control: 'line' },
    ],
  },
  {
    name: 'budgets',
    control: 'parts',
    fields: [
      { name: 'type', control: 'choice', enumeration: 'BudgetType', values: Object.values(BudgetType) },
      { name: 'status', control: 'choice', enumeration: 'BudgetStatus', values: Object.values(BudgetStatus) },
      { name: 'periodStart', control: 'date' },
      { name: 'periodEnd', control: 'date' },
      { name: 'value', control: 'money' },
      { name: 'valueDate', control: 'date' },
    ],
  },
  {
    name: 'plannedDisbursements',
    control: 'parts',
    fields: [
      { name: 'periodStart', control: 'date' },
      { name: 'periodEnd', control: 'date' },
      { name: 'value', control: 'money' },
      { name: 'providerId', control: 'record', of: 'ORGANIZATION' },
      { name: 'receiverId', control: 'record', of: 'ORGANIZATION' },
    ],
  },
];

const Read = graphql(`
  query EditProject($id: ID!) {
    record: project(by: { id: $id }) {
      id code version state kind status plannedStart actualStart plannedEnd actualEnd iatiIdentifier defaultCurrency isHumanitarian
      titleAr: title(locale: "ar", fallback: []) { text isFallback }
      titleEn: title(locale: "en", fallback: []) { text isFallback }
      descriptionAr: description(locale: "ar", fallback: []) { text isFallback }
      descriptionEn: description(locale: "en", fallback: []) { text isFallback }
      owner { id name { text } }
      agreements(first: 50) { totalCount nodes { id title { text } } }
      partners { id role share organization { id name { text } } nameAr: name(locale: "ar", fallback: []) { text isFallback } nameEn: name(locale: "en", fallback: []) { text isFallback } }
      sectors { id percentage sector { id name { text } } }
      locations(first: 50) { totalCount nodes { id percentage exactness unit { id name { text } } nameAr: name(locale: "ar", fallback: []) { text isFallback } nameEn: name(locale: "en", fallback: []) { text isFallback } } }
      transactions(first: 100) { totalCount nodes { id type date valueDate ref value { amount currency } provider { id name { text } } receiver { id name { text } } descriptionAr: description(locale: "ar", fallback: []) { text isFallback } descriptionEn: description(locale: "en", fallback: []) { text isFallback } } }
      budgets(first: 50) { totalCount nodes { id type status periodStart periodEnd valueDate value { amount currency } } }
      plannedDisbursements(first: 50) { totalCount nodes { id periodStart periodEnd value { amount currency } provider { id name { text } } receiver { id name { text } } } }
    }
  }
`);
const Create = graphql(`mutation EditCreateProject($input: CreateProjectInput!) { saved: createProject(input: $input) { record: project { id } change { id } userErrors { path code message messageAr } } }`);
const Update = graphql(`mutation EditUpdateProject($input: UpdateProjectInput!) { saved: updateProject(input: $input) { record: project { id } change { id } userErrors { path code message messageAr } } }`);

/** Projects, with their parts. */
export const project: Form = {
  fields,
  isWritten: true,
  read: async (id, signal) => (await ask(Read, { id }, signal)).record,
  create: async (clientMutationId, input) => (await ask(Create, { input: { clientMutationId, project: input as ProjectInput } })).saved,
  update: async (id, version, input) => (await ask(Update, { input: { id, version, project: input as ProjectInput } })).saved,
};
