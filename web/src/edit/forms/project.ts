import { graphql } from '../../gql';
import { BudgetStatus, BudgetType, GeographicExactness, PartnerRole, type ProjectInput, ProjectKind, ProjectStatus, RelatedProjectType, TransactionType } from '../../gql/graphql';
import { ask } from '../../graph/ask';
import type { Section, Single } from '../fields';
import { documents } from './documents';
import type { Form } from './form';
import { readProject } from './readProject';
import { results } from './results';

/** On what terms money is given: of a project by default, and of a transaction where it differs. */
const terms: readonly Single[] = [
  { name: 'flowTypeId', control: 'code', list: 'FlowType' },
  { name: 'financeTypeId', control: 'code', list: 'FinanceType' },
  { name: 'aidTypeId', control: 'code', list: 'AidType' },
  { name: 'tiedStatusId', control: 'code', list: 'TiedStatus' },
];

const sections: readonly Section[] = [
  {
    name: 'basics',
    fields: [
      { name: 'title', control: 'text' },
      { name: 'description', control: 'longText' },
      { name: 'kind', control: 'choice', enumeration: 'ProjectKind', values: Object.values(ProjectKind) },
      { name: 'status', control: 'choice', enumeration: 'ProjectStatus', values: Object.values(ProjectStatus) },
      { name: 'ownerId', control: 'unit' },
      { name: 'plannedStart', control: 'date' },
      { name: 'actualStart', control: 'date' },
      { name: 'plannedEnd', control: 'date' },
      { name: 'actualEnd', control: 'date' },
      { name: 'isHumanitarian', control: 'boolean' },
      { name: 'confidential', control: 'boolean' },
      { name: 'originalLocale', control: 'language' },
      { name: 'objectives', control: 'longText' },
      { name: 'targetGroups', control: 'longText' },
      { name: 'otherDescription', control: 'longText' },
    ],
  },
  {
    name: 'partners',
    fields: [
      { name: 'agreements', control: 'links', of: 'AGREEMENT' },
      {
        name: 'partners',
        control: 'parts',
        fields: [
          { name: 'organizationId', control: 'record', of: 'ORGANIZATION' },
          { name: 'role', control: 'choice', enumeration: 'PartnerRole', values: Object.values(PartnerRole) },
          { name: 'share', control: 'decimal' },
          { name: 'name', control: 'text' },
        ],
      },
      { name: 'parentId', control: 'record', of: 'PROJECT', label: 'parentProject' },
      {
        name: 'relatedProjects',
        control: 'parts',
        as: 'table',
        fields: [
          { name: 'relatedId', control: 'record', of: 'PROJECT', label: 'relatedProject' },
          { name: 'type', control: 'choice', enumeration: 'RelatedProjectType', values: Object.values(RelatedProjectType) },
          { name: 'ref', control: 'line', label: 'iatiIdentifier' },
        ],
      },
    ],
  },
  {
    name: 'classification',
    fields: [
      {
        name: 'sectors',
        control: 'parts',
        as: 'table',
        fields: [
          { name: 'sectorId', control: 'code', list: 'Sector' },
          { name: 'percentage', control: 'decimal' },
        ],
      },
      {
        name: 'tags',
        control: 'parts',
        fields: [
          { name: 'tagId', control: 'code', list: ['UNSDG-Goals', 'UNSDG-Targets'] },
          { name: 'name', control: 'text', label: 'ownWords' },
        ],
      },
      {
        name: 'policyMarkers',
        control: 'parts',
        as: 'table',
        fields: [
          { name: 'markerId', control: 'code', list: 'PolicyMarker' },
          { name: 'significanceId', control: 'code', list: 'PolicySignificance' },
        ],
      },
      { name: 'scopeId', control: 'code', list: 'ActivityScope' },
      { name: 'collaborationTypeId', control: 'code', list: 'CollaborationType' },
      ...terms,
      {
        name: 'humanitarianScopes',
        control: 'parts',
        fields: [
          { name: 'name', control: 'text' },
          { name: 'type', control: 'item', list: 'HumanitarianScopeType' },
          { name: 'vocabulary', control: 'item', list: 'HumanitarianScopeVocabulary' },
          { name: 'code', control: 'line' },
        ],
      },
    ],
  },
  {
    name: 'places',
    fields: [
      {
        name: 'locations',
        control: 'parts',
        fields: [
          { name: 'unitId', control: 'record', of: 'ADMINISTRATIVE_UNIT' },
          { name: 'name', control: 'text' },
          { name: 'percentage', control: 'decimal' },
          { name: 'exactness', control: 'choice', enumeration: 'GeographicExactness', values: Object.values(GeographicExactness) },
          { name: 'latitude', control: 'coordinate' },
          { name: 'longitude', control: 'coordinate' },
          { name: 'reachId', control: 'code', list: 'GeographicLocationReach' },
          { name: 'locationClassId', control: 'code', list: 'GeographicLocationClass' },
          { name: 'featureDesignationId', control: 'code', list: 'LocationType' },
          { name: 'activityDescription', control: 'text' },
        ],
      },
      {
        name: 'countries',
        control: 'parts',
        as: 'table',
        fields: [
          { name: 'countryId', control: 'code', list: 'Country' },
          { name: 'percentage', control: 'decimal' },
        ],
      },
      {
        name: 'regions',
        control: 'parts',
        as: 'table',
        fields: [
          { name: 'regionId', control: 'code', list: 'Region' },
          { name: 'percentage', control: 'decimal' },
        ],
      },
    ],
  },
  {
    name: 'money',
    fields: [
      { name: 'defaultCurrency', control: 'currency' },
      { name: 'capitalSpend', control: 'decimal' },
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
          { name: 'ref', control: 'line' },
          { name: 'isHumanitarian', control: 'boolean' },
          { name: 'description', control: 'text' },
          { name: 'providerName', control: 'text' },
          { name: 'receiverName', control: 'text' },
          { name: 'disbursementChannelId', control: 'code', list: 'DisbursementChannel' },
          ...terms,
        ],
      },
      {
        name: 'budgets',
        control: 'parts',
        as: 'table',
        fields: [
          { name: 'periodStart', control: 'date' },
          { name: 'periodEnd', control: 'date' },
          { name: 'value', control: 'money' },
          { name: 'type', control: 'choice', enumeration: 'BudgetType', values: Object.values(BudgetType) },
          { name: 'status', control: 'choice', enumeration: 'BudgetStatus', values: Object.values(BudgetStatus) },
          { name: 'valueDate', control: 'date' },
        ],
      },
      {
        name: 'plannedDisbursements',
        control: 'parts',
        as: 'table',
        fields: [
          { name: 'periodStart', control: 'date' },
          { name: 'periodEnd', control: 'date' },
          { name: 'value', control: 'money' },
          { name: 'providerId', control: 'record', of: 'ORGANIZATION' },
          { name: 'receiverId', control: 'record', of: 'ORGANIZATION' },
        ],
      },
    ],
  },
  { name: 'results', fields: [results] },
  {
    name: 'documents',
    fields: [
      documents,
      {
        name: 'contacts',
        control: 'parts',
        fields: [
          { name: 'person', control: 'text' },
          { name: 'function', control: 'text' },
          { name: 'email', control: 'line' },
          { name: 'phone', control: 'line' },
          { name: 'website', control: 'line' },
          { name: 'type', control: 'item', list: 'ContactType' },
          { name: 'organization', control: 'text', label: 'organizationId' },
          { name: 'department', control: 'text' },
          { name: 'address', control: 'text', label: 'mailAddress' },
        ],
      },
      {
        name: 'conditions',
        control: 'parts',
        fields: [
          { name: 'type', control: 'item', list: 'ConditionType' },
          { name: 'text', control: 'longText' },
        ],
      },
    ],
  },
  {
    name: 'publication',
    fields: [
      { name: 'iatiIdentifier', control: 'line' },
      { name: 'reportingOrganizationId', control: 'record', of: 'ORGANIZATION' },
      { name: 'isSecondaryReporter', control: 'boolean' },
      { name: 'hierarchy', control: 'number' },
      {
        name: 'identifiers',
        control: 'parts',
        as: 'table',
        fields: [
          { name: 'type', control: 'item', list: 'OtherIdentifierType' },
          { name: 'value', control: 'line', label: 'identifier' },
          { name: 'ownerRef', control: 'line' },
        ],
      },
    ],
  },
];
const Create = graphql(`mutation EditCreateProject($input: CreateProjectInput!) { saved: createProject(input: $input) { record: project { id } change { id } userErrors { path code message messageAr } } }`);
const Update = graphql(`mutation EditUpdateProject($input: UpdateProjectInput!) { saved: updateProject(input: $input) { record: project { id version } change { id } userErrors { path code message messageAr } } }`);

/** Projects, with their parts. */
export const project: Form = {
  sections,
  fields: sections.flatMap((section) => section.fields),
  isWritten: true,
  read: readProject,
  create: async (clientMutationId, input) => (await ask(Create, { input: { clientMutationId, project: input as ProjectInput } })).saved,
  update: async (id, version, input) => (await ask(Update, { input: { id, version, project: input as ProjectInput } })).saved,
};
