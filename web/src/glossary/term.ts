import { graphql } from '../gql';
import type { GlossaryTermInput } from '../gql/graphql';
import { ask } from '../graph/ask';
import type { Field } from '../edit/fields';
import type { Form } from '../edit/forms';

const fields: readonly Field[] = [
  { name: 'sourceLocale', control: 'language' },
  { name: 'term', control: 'line' },
  { name: 'locale', control: 'language', label: 'targetLocale' },
  { name: 'translation', control: 'line' },
  { name: 'isForbidden', control: 'boolean' },
  { name: 'domain', control: 'line' },
  { name: 'note', control: 'lines', label: 'usage' },
];

const Read = graphql(`
  query EditGlossaryTerm($id: ID!) {
    record: node(id: $id) {
      ... on GlossaryTerm { id sourceLocale term locale translation isForbidden domain note version }
    }
  }
`);
const Create = graphql(`mutation EditCreateGlossaryTerm($input: CreateGlossaryTermInput!) { saved: createGlossaryTerm(input: $input) { record: glossaryTerm { id } userErrors { path code message messageAr } } }`);
const Update = graphql(`mutation EditUpdateGlossaryTerm($input: UpdateGlossaryTermInput!) { saved: updateGlossaryTerm(input: $input) { record: glossaryTerm { id } userErrors { path code message messageAr } } }`);

/** Terms with the translation that was settled on, or one that is to be avoided. */
export const term: Form = {
  fields,
  read: async (id, signal) => {
    const { record } = await ask(Read, { id }, signal);
    return record && 'version' in record ? record : null;
  },
  create: async (clientMutationId, input) => (await ask(Create, { input: { clientMutationId, glossaryTerm: input as GlossaryTermInput } })).saved,
  update: async (id, version, input) => (await ask(Update, { input: { id, version, glossaryTerm: input as GlossaryTermInput } })).saved,
};
