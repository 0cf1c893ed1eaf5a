import { graphql } from '../../gql';
import { type OrganizationInput, OrganizationKind } from '../../gql/graphql';
import { ask } from '../../graph/ask';
import type { Field } from '../fields';
import { asWritten, trialOf } from './asWritten';
import { documents } from './documents';
import type { Form } from './form';

const fields: readonly Field[] = [
  { name: 'name', control: 'text' },
  { name: 'description', control: 'longText' },
  { name: 'acronym', control: 'line' },
  { name: 'kind', control: 'choice', enumeration: 'OrganizationKind', values: Object.values(OrganizationKind) },
  { name: 'iatiIdentifier', control: 'line' },
  { name: 'website', control: 'line' },
  { name: 'ownerId', control: 'unit' },
  { name: 'typeId', control: 'code', list: 'OrganisationType' },
  { name: 'countryId', control: 'code', list: 'Country' },
  { name: 'parentId', control: 'record', of: 'ORGANIZATION' },
  { name: 'confidential', control: 'boolean' },
  { name: 'originalLocale', control: 'language' },
  {
    name: 'identifiers',
    control: 'parts',
    as: 'table',
    fields: [
      { name: 'scheme', control: 'line' },
      { name: 'value', control: 'line' },
    ],
  },
  {
    name: 'aliases',
    control: 'parts',
    as: 'table',
    fields: [
      { name: 'name', control: 'line' },
      { name: 'locale', control: 'locale' },
    ],
  },
  {
    name: 'contacts',
    control: 'parts',
    fields: [
      { name: 'person', control: 'line' },
      { name: 'function', control: 'text' },
      { name: 'email', control: 'line' },
      { name: 'phone', control: 'line' },
      { name: 'website', control: 'line' },
      { name: 'department', control: 'text' },
      { name: 'isPublic', control: 'boolean' },
    ],
  },
  documents,
];

const Read = graphql(`
  query EditOrganization($id: ID!) { record: organization(by: { id: $id }) { ...EditOrganizationRecord } }
  fragment EditOrganizationRecord on Organization {
    id code version state originalLocale confidential kind acronym iatiIdentifier website
    nameAr: name(locale: "ar", fallback: []) { text isFallback }
    nameEn: name(locale: "en", fallback: []) { text isFallback }
    descriptionAr: description(locale: "ar", fallback: []) { text isFallback }
    descriptionEn: description(locale: "en", fallback: []) { text isFallback }
    owner { id name { text } }
    type { id name { text } } country { id name { text } } parent { id name { text } }
    identifiers { id scheme value }
    aliases { id name locale }
    contacts { id person email phone website isPublic departmentAr: department(locale: "ar", fallback: []) { text isFallback } departmentEn: department(locale: "en", fallback: []) { text isFallback } functionAr: function(locale: "ar", fallback: []) { text isFallback } functionEn: function(locale: "en", fallback: []) { text isFallback } }
    documents(first: 50) { totalCount nodes { ...EditDocument } }
    translations(where: { locale: { in: ["ar", "en"] } }, first: 100) { nodes { field locale text proposal { text } } }
    pendingChanges(where: { state: { in: [DRAFT, SUBMITTED, RETURNED] } }, first: 1) { nodes { id } }
  }
`);
const Try = graphql(`mutation EditTryOrganization($input: UpdateOrganizationInput!) { tried: updateOrganization(input: $input) { record: organization { ...EditOrganizationRecord } change { fields { recordId field after } } userErrors { path code message messageAr } } }`);
const Create = graphql(`mutation EditCreateOrganization($input: CreateOrganizationInput!) { saved: createOrganization(input: $input) { record: organization { id } change { id } userErrors { path code message messageAr } } }`);
const Update = graphql(`mutation EditUpdateOrganization($input: UpdateOrganizationInput!) { saved: updateOrganization(input: $input) { record: organization { id version } change { id } userErrors { path code message messageAr } } }`);

/** Organizations, with their parts. */
export const organization: Form = {
  fields,
  isWritten: true,
  read: (id, signal) =>
    asWritten({
      standing: async () => (await ask(Read, { id }, signal)).record,
      tried: async (version) => (await ask(Try, { input: { ...trialOf(id, version), organization: {} } }, signal)).tried,
    }),
  create: async (clientMutationId, input) => (await ask(Create, { input: { clientMutationId, organization: input as OrganizationInput } })).saved,
  update: async (id, version, input) => (await ask(Update, { input: { id, version, organization: input as OrganizationInput } })).saved,
};
