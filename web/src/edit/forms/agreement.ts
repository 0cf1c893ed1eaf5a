import { graphql } from '../../gql';
import { type AgreementInput, AgreementEventKind, AgreementKind, AgreementRelationKind, AgreementStatus, AgreementTextRole, ConsentMethod, ObligationKind, PartyRole, RenewalRule } from '../../gql/graphql';
import { ask } from '../../graph/ask';
import type { Section } from '../fields';
import { asWritten, trialOf } from './asWritten';
import { documents } from './documents';
import type { Form } from './form';

const sections: readonly Section[] = [
  {
    name: 'basics',
    fields: [
      { name: 'title', control: 'text' },
      { name: 'summary', control: 'longText' },
      { name: 'kind', control: 'choice', enumeration: 'AgreementKind', values: Object.values(AgreementKind) },
      { name: 'status', control: 'choice', enumeration: 'AgreementStatus', values: Object.values(AgreementStatus) },
      { name: 'isBinding', control: 'boolean' },
      { name: 'ownerId', control: 'unit' },
      { name: 'registryReference', control: 'line' },
      { name: 'envelope', control: 'money' },
      { name: 'confidential', control: 'boolean' },
      { name: 'originalLocale', control: 'language' },
    ],
  },
  {
    name: 'parties',
    fields: [
      {
        name: 'parties',
        control: 'parts',
        fields: [
          { name: 'organizationId', control: 'record', of: 'ORGANIZATION' },
          { name: 'role', control: 'choice', enumeration: 'PartyRole', values: Object.values(PartyRole) },
          { name: 'name', control: 'text' },
          { name: 'signatoryName', control: 'line' },
          { name: 'signatoryCapacity', control: 'text' },
          { name: 'signedOn', control: 'date' },
          { name: 'consentMethod', control: 'choice', enumeration: 'ConsentMethod', values: Object.values(ConsentMethod) },
          { name: 'consentOn', control: 'date' },
          { name: 'inForceOn', control: 'date' },
          { name: 'withdrawnOn', control: 'date' },
          { name: 'reservations', control: 'longText' },
        ],
      },
    ],
  },
  {
    name: 'term',
    fields: [
      { name: 'signedOn', control: 'date' },
      { name: 'inForceOn', control: 'date' },
      { name: 'entryConsents', control: 'number' },
      { name: 'entryDays', control: 'number' },
      { name: 'durationMonths', control: 'number' },
      { name: 'expiresOn', control: 'date' },
      { name: 'renewal', control: 'choice', enumeration: 'RenewalRule', values: Object.values(RenewalRule) },
      { name: 'renewalMonths', control: 'number' },
      { name: 'noticeDays', control: 'number' },
      { name: 'endedOn', control: 'date' },
      {
        name: 'events',
        control: 'parts',
        fields: [
          { name: 'kind', control: 'choice', enumeration: 'AgreementEventKind', values: Object.values(AgreementEventKind) },
          { name: 'occurredOn', control: 'date' },
          { name: 'endsOn', control: 'date' },
          { name: 'reference', control: 'line' },
          { name: 'note', control: 'longText' },
        ],
      },
    ],
  },
  {
    name: 'obligations',
    fields: [
      {
        name: 'obligations',
        control: 'parts',
        fields: [
          { name: 'clause', control: 'line' },
          { name: 'text', control: 'longText' },
          { name: 'kind', control: 'choice', enumeration: 'ObligationKind', values: Object.values(ObligationKind) },
          { name: 'obligorId', control: 'record', of: 'ORGANIZATION' },
          { name: 'beneficiaryId', control: 'record', of: 'ORGANIZATION' },
          { name: 'dueOn', control: 'date' },
          { name: 'recurrence', control: 'recurrence' },
          { name: 'leadDays', control: 'number' },
        ],
      },
    ],
  },
  {
    name: 'scope',
    fields: [
      { name: 'sectors', control: 'links', list: 'Sector' },
      { name: 'units', control: 'links', of: 'ADMINISTRATIVE_UNIT' },
      {
        name: 'relations',
        control: 'parts',
        as: 'table',
        fields: [
          { name: 'kind', control: 'choice', enumeration: 'AgreementRelationKind', values: Object.values(AgreementRelationKind) },
          { name: 'relatedId', control: 'record', of: 'AGREEMENT' },
        ],
      },
    ],
  },
  {
    name: 'texts',
    fields: [
      {
        name: 'texts',
        control: 'parts',
        fields: [
          { name: 'locale', control: 'locale' },
          { name: 'role', control: 'choice', enumeration: 'AgreementTextRole', values: Object.values(AgreementTextRole) },
          { name: 'isPrevailing', control: 'boolean' },
          { name: 'fileId', control: 'file' },
          { name: 'url', control: 'line' },
          { name: 'certifiedBy', control: 'line' },
          { name: 'certifiedOn', control: 'date' },
        ],
      },
      documents,
    ],
  },
];

const Read = graphql(`
  query EditAgreement($id: ID!) { record: agreement(by: { id: $id }) { ...EditAgreementRecord } }
  fragment EditAgreementRecord on Agreement {
    id code version state originalLocale confidential kind status isBinding signedOn inForceOn expiresOn endedOn entryConsents entryDays durationMonths renewal renewalMonths noticeDays registryReference
    titleAr: title(locale: "ar", fallback: []) { text isFallback }
    titleEn: title(locale: "en", fallback: []) { text isFallback }
    summaryAr: summary(locale: "ar", fallback: []) { text isFallback }
    summaryEn: summary(locale: "en", fallback: []) { text isFallback }
    envelope { amount currency }
    owner { id name { text } }
    parties { id role signatoryName signedOn consentMethod consentOn inForceOn withdrawnOn organization { id name { text } } nameAr: name(locale: "ar", fallback: []) { text isFallback } nameEn: name(locale: "en", fallback: []) { text isFallback } signatoryCapacityAr: signatoryCapacity(locale: "ar", fallback: []) { text isFallback } signatoryCapacityEn: signatoryCapacity(locale: "en", fallback: []) { text isFallback } reservationsAr: reservations(locale: "ar", fallback: []) { text isFallback } reservationsEn: reservations(locale: "en", fallback: []) { text isFallback } }
    events { id kind occurredOn endsOn reference noteAr: note(locale: "ar", fallback: []) { text isFallback } noteEn: note(locale: "en", fallback: []) { text isFallback } }
    obligations(first: 100) { totalCount nodes { id clause kind dueOn recurrence leadDays obligor { id name { text } } beneficiary { id name { text } } textAr: text(locale: "ar", fallback: []) { text isFallback } textEn: text(locale: "en", fallback: []) { text isFallback } } }
    texts { id locale role isPrevailing url certifiedBy certifiedOn file { id name } }
    relations { id kind related { id title { text } } }
    sectors { id name { text } }
    units { id name { text } }
    documents(first: 50) { totalCount nodes { ...EditDocument } }
    translations(where: { locale: { in: ["ar", "en"] } }, first: 100) { nodes { field locale text proposal { text } } }
    pendingChanges(where: { state: { in: [DRAFT, SUBMITTED, RETURNED] } }, first: 1) { nodes { id } }
  }
`);
const Try = graphql(`mutation EditTryAgreement($input: UpdateAgreementInput!) { tried: updateAgreement(input: $input) { record: agreement { ...EditAgreementRecord } change { fields { recordId field after } } userErrors { path code message messageAr } } }`);
const Create = graphql(`mutation EditCreateAgreement($input: CreateAgreementInput!) { saved: createAgreement(input: $input) { record: agreement { id } change { id } userErrors { path code message messageAr } } }`);
const Update = graphql(`mutation EditUpdateAgreement($input: UpdateAgreementInput!) { saved: updateAgreement(input: $input) { record: agreement { id version } change { id } userErrors { path code message messageAr } } }`);

/** Agreements, with their parts. */
export const agreement: Form = {
  sections,
  fields: sections.flatMap((section) => section.fields),
  isWritten: true,
  read: (id, signal) =>
    asWritten({
      standing: async () => (await ask(Read, { id }, signal)).record,
      tried: async (version) => (await ask(Try, { input: { ...trialOf(id, version), agreement: {} } }, signal)).tried,
    }),
  create: async (clientMutationId, input) => (await ask(Create, { input: { clientMutationId, agreement: input as AgreementInput } })).saved,
  update: async (id, version, input) => (await ask(Update, { input: { id, version, agreement: input as AgreementInput } })).saved,
};
