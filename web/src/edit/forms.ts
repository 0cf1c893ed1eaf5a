import { graphql } from '../gql';
import { type AgreementInput, AgreementKind, AgreementStatus, type OrganizationInput, OrganizationKind, type ProjectInput, ProjectKind, ProjectStatus, RenewalRule } from '../gql/graphql';
import { ask } from '../graph/ask';
import type { Refusal } from '../graph/useChange';
import type { Field } from './fields';

/** A record as a form reads it. */
export interface ReadRecord {
  id: string;
  code: string;
  version: number;
  state: string;
}

/** The answer to a save. */
export interface Saved {
  record?: { id: string } | null;
  change?: { id: string } | null;
  userErrors: Refusal[];
}

/** A kind of record that is entered at the desk: its fields, and how it is read and saved. */
export interface Form {
  fields: readonly Field[];
  /** The page of the published record. */
  place: string;
  read(id: string, signal: AbortSignal): Promise<ReadRecord | null | undefined>;
  create(clientMutationId: string, input: object): Promise<Saved>;
  update(id: string, version: number, input: object): Promise<Saved>;
}

const agreementFields: readonly Field[] = [
  { name: 'title', control: 'text' },
  { name: 'summary', control: 'longText' },
  { name: 'kind', control: 'choice', enumeration: 'AgreementKind', values: Object.values(AgreementKind) },
  { name: 'status', control: 'choice', enumeration: 'AgreementStatus', values: Object.values(AgreementStatus) },
  { name: 'isBinding', control: 'boolean' },
  { name: 'signedOn', control: 'date' },
  { name: 'inForceOn', control: 'date' },
  { name: 'expiresOn', control: 'date' },
  { name: 'durationMonths', control: 'number' },
  { name: 'renewal', control: 'choice', enumeration: 'RenewalRule', values: Object.values(RenewalRule) },
  { name: 'renewalMonths', control: 'number' },
  { name: 'noticeDays', control: 'number' },
  { name: 'registryReference', control: 'line' },
  { name: 'envelope', control: 'money' },
  { name: 'ownerId', control: 'unit' },
];

const projectFields: readonly Field[] = [
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
];

const organizationFields: readonly Field[] = [
  { name: 'name', control: 'text' },
  { name: 'description', control: 'longText' },
  { name: 'acronym', control: 'line' },
  { name: 'kind', control: 'choice', enumeration: 'OrganizationKind', values: Object.values(OrganizationKind) },
  { name: 'iatiIdentifier', control: 'line' },
  { name: 'website', control: 'line' },
  { name: 'ownerId', control: 'unit' },
];

const ReadAgreement = graphql(`
  query EditAgreement($id: ID!) {
    record: agreement(by: { id: $id }) {
      id code version state kind status isBinding signedOn inForceOn expiresOn durationMonths renewal renewalMonths noticeDays registryReference
      titleAr: title(locale: "ar", fallback: []) { text }
      titleEn: title(locale: "en", fallback: []) { text }
      summaryAr: summary(locale: "ar", fallback: []) { text }
      summaryEn: summary(locale: "en", fallback: []) { text }
      envelope { amount currency }
      owner { id }
    }
  }
`);
const ReadProject = graphql(`
  query EditProject($id: ID!) {
    record: project(by: { id: $id }) {
      id code version state kind status plannedStart actualStart plannedEnd actualEnd iatiIdentifier defaultCurrency isHumanitarian
      titleAr: title(locale: "ar", fallback: []) { text }
      titleEn: title(locale: "en", fallback: []) { text }
      descriptionAr: description(locale: "ar", fallback: []) { text }
      descriptionEn: description(locale: "en", fallback: []) { text }
      owner { id }
    }
  }
`);
const ReadOrganization = graphql(`
  query EditOrganization($id: ID!) {
    record: organization(by: { id: $id }) {
      id code version state kind acronym iatiIdentifier website
      nameAr: name(locale: "ar", fallback: []) { text }
      nameEn: name(locale: "en", fallback: []) { text }
      descriptionAr: description(locale: "ar", fallback: []) { text }
      descriptionEn: description(locale: "en", fallback: []) { text }
      owner { id }
    }
  }
`);

const CreateAgreement = graphql(`mutation EditCreateAgreement($input: CreateAgreementInput!) { saved: createAgreement(input: $input) { record: agreement { id } change { id } userErrors { path code message messageAr } } }`);
const UpdateAgreement = graphql(`mutation EditUpdateAgreement($input: UpdateAgreementInput!) { saved: updateAgreement(input: $input) { record: agreement { id } change { id } userErrors { path code message messageAr } } }`);
const CreateProject = graphql(`mutation EditCreateProject($input: CreateProjectInput!) { saved: createProject(input: $input) { record: project { id } change { id } userErrors { path code message messageAr } } }`);
const UpdateProject = graphql(`mutation EditUpdateProject($input: UpdateProjectInput!) { saved: updateProject(input: $input) { record: project { id } change { id } userErrors { path code message messageAr } } }`);
const CreateOrganization = graphql(`mutation EditCreateOrganization($input: CreateOrganizationInput!) { saved: createOrganization(input: $input) { record: organization { id } change { id } userErrors { path code message messageAr } } }`);
const UpdateOrganization = graphql(`mutation EditUpdateOrganization($input: UpdateOrganizationInput!) { saved: updateOrganization(input: $input) { record: organization { id } change { id } userErrors { path code message messageAr } } }`);

/** The forms by the name of their kind in the address. What a form sends fits its input, because the names of its fields are the input's. */
export const forms: Readonly<Record<'agreement' | 'project' | 'organization', Form>> = {
  agreement: {
    fields: agreementFields,
    place: '/agreements/',
    read: async (id, signal) => (await ask(ReadAgreement, { id }, signal)).record,
    create: async (clientMutationId, input) => (await ask(CreateAgreement, { input: { clientMutationId, agreement: input as AgreementInput } })).saved,
    update: async (id, version, input) => (await ask(UpdateAgreement, { input: { id, version, agreement: input as AgreementInput } })).saved,
  },
  project: {
    fields: projectFields,
    place: '/projects/',
    read: async (id, signal) => (await ask(ReadProject, { id }, signal)).record,
    create: async (clientMutationId, input) => (await ask(CreateProject, { input: { clientMutationId, project: input as ProjectInput } })).saved,
    update: async (id, version, input) => (await ask(UpdateProject, { input: { id, version, project: input as ProjectInput } })).saved,
  },
  organization: {
    fields: organizationFields,
    place: '/organizations/',
    read: async (id, signal) => (await ask(ReadOrganization, { id }, signal)).record,
    create: async (clientMutationId, input) => (await ask(CreateOrganization, { input: { clientMutationId, organization: input as OrganizationInput } })).saved,
    update: async (id, version, input) => (await ask(UpdateOrganization, { input: { id, version, organization: input as OrganizationInput } })).saved,
  },
};
