import type { Field } from '../edit/fields';
import type { Form } from '../edit/forms';
import { newest, withTexts } from '../edit/forms/asWritten';
import { graphql } from '../gql';
import type { MinistryUnitInput } from '../gql/graphql';
import { ask } from '../graph/ask';

const fields: readonly Field[] = [
  { name: 'code', control: 'line', label: 'ministry.code' },
  { name: 'name', control: 'text' },
  { name: 'parentId', control: 'unit', label: 'ministry.parentId' },
];

const Read = graphql(`
  query EditMinistryUnit($id: ID!) {
    record: node(id: $id) {
      ... on MinistryUnit {
        id code version
        nameAr: name(locale: "ar", fallback: []) { text isFallback }
        nameEn: name(locale: "en", fallback: []) { text isFallback }
        parent { id name { text } }
      }
    }
    translations(where: { subjectKind: { eq: "MinistryUnit" } }, first: 100) {
      nodes { field locale text proposal { text } subject { ... on MinistryUnit { id } } }
    }
  }
`);
const Create = graphql(`mutation EditCreateMinistryUnit($input: CreateMinistryUnitInput!) { saved: createMinistryUnit(input: $input) { record: ministryUnit { id } userErrors { path code message messageAr } } }`);
const Update = graphql(`mutation EditUpdateMinistryUnit($input: UpdateMinistryUnitInput!) { saved: updateMinistryUnit(input: $input) { record: ministryUnit { id } userErrors { path code message messageAr } } }`);

/** Units of the ministry: what they are called, and to which they belong. */
export const ministryUnit: Form = {
  fields,
  read: async (id, signal) => {
    const { record, translations } = await ask(Read, { id }, signal);
    if (!record || !('version' in record)) return null;
    return withTexts(record, newest(id, translations.nodes.filter(({ subject }) => subject && 'id' in subject && subject.id === id)));
  },
  create: async (clientMutationId, input) => (await ask(Create, { input: { clientMutationId, ministryUnit: input as MinistryUnitInput } })).saved,
  update: async (id, version, input) => (await ask(Update, { input: { id, version, ministryUnit: input as MinistryUnitInput } })).saved,
};
