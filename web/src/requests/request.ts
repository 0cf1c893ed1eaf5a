import { graphql } from '../gql';
import { Priority, type TranslationRequestInput } from '../gql/graphql';
import { ask } from '../graph/ask';
import type { Field } from '../edit/fields';
import type { Form } from '../edit/forms';

const fields: readonly Field[] = [
  { name: 'title', control: 'text' },
  { name: 'fileId', control: 'file', label: 'document' },
  { name: 'sourceLocale', control: 'language' },
  { name: 'locale', control: 'language', label: 'targetLocale' },
  { name: 'dueOn', control: 'date', label: 'wantedOn' },
  { name: 'priority', control: 'choice', enumeration: 'Priority', values: Object.values(Priority) },
  { name: 'requesterName', control: 'line' },
  { name: 'purpose', control: 'lines' },
  { name: 'pages', control: 'number' },
  { name: 'agreementId', control: 'record', of: 'AGREEMENT' },
  { name: 'isConfidential', control: 'boolean' },
];

const Read = graphql(`
  query EditTranslationRequest($id: ID!) {
    record: node(id: $id) {
      ... on TranslationRequest {
        id code version sourceLocale locale dueOn priority requesterName purpose pages isConfidential
        titleAr: title(locale: "ar", fallback: []) { text isFallback }
        titleEn: title(locale: "en", fallback: []) { text isFallback }
        file { id name }
        agreement { id title { text } }
      }
    }
  }
`);
const Create = graphql(
  `mutation EditCreateTranslationRequest($input: CreateTranslationRequestInput!) { saved: createTranslationRequest(input: $input) { record: translationRequest { id } userErrors { path code message messageAr } } }`,
);
const Update = graphql(
  `mutation EditUpdateTranslationRequest($input: UpdateTranslationRequestInput!) { saved: updateTranslationRequest(input: $input) { record: translationRequest { id } userErrors { path code message messageAr } } }`,
);

/** Documents that are to be translated. */
export const request: Form = {
  fields,
  read: async (id, signal) => {
    const { record } = await ask(Read, { id }, signal);
    return record && 'version' in record ? record : null;
  },
  create: async (clientMutationId, input) => (await ask(Create, { input: { clientMutationId, translationRequest: input as TranslationRequestInput } })).saved,
  update: async (id, version, input) => (await ask(Update, { input: { id, version, translationRequest: input as TranslationRequestInput } })).saved,
};
