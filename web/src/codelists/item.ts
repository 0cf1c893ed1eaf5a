import { graphql } from '../gql';
import { type CodeListItemInput, CodeStatus } from '../gql/graphql';
import { ask } from '../graph/ask';
import type { Field } from '../edit/fields';
import type { Form } from '../edit/forms';

const names: readonly Field[] = [
  { name: 'name', control: 'text' },
  { name: 'description', control: 'longText' },
];
const status: Field = { name: 'status', control: 'choice', enumeration: 'CodeStatus', values: Object.values(CodeStatus) };

const Read = graphql(`
  query EditCodeListItem($id: ID!) {
    record: node(id: $id) {
      ... on CodeListItem {
        id code version status
        nameAr: name(locale: "ar", fallback: []) { text isFallback }
        nameEn: name(locale: "en", fallback: []) { text isFallback }
        descriptionAr: description(locale: "ar", fallback: []) { text isFallback }
        descriptionEn: description(locale: "en", fallback: []) { text isFallback }
      }
    }
  }
`);
const Create = graphql(`mutation EditCreateCodeListItem($input: CreateCodeListItemInput!) { saved: createCodeListItem(input: $input) { record: codeListItem { id } userErrors { path code message messageAr } } }`);
const Update = graphql(`mutation EditUpdateCodeListItem($input: UpdateCodeListItemInput!) { saved: updateCodeListItem(input: $input) { record: codeListItem { id } userErrors { path code message messageAr } } }`);

const reading: Pick<Form, 'read' | 'update'> = {
  read: async (id, signal) => {
    const { record } = await ask(Read, { id }, signal);
    return record && 'version' in record ? record : null;
  },
  update: async (id, version, input) => (await ask(Update, { input: { id, version, codeListItem: input as CodeListItemInput } })).saved,
};

/** Codes of a list. Those of an enumeration of the system are there for good: only what they are called is written. */
export function itemOf(listId: string, isEnumeration: boolean, isNew: boolean): Form {
  return {
    ...reading,
    fields: isEnumeration ? names : isNew ? [{ name: 'code', control: 'line' }, ...names] : [...names, status],
    create: async (clientMutationId, input) => (await ask(Create, { input: { clientMutationId, codeListItem: { ...input, codeListId: listId } as CodeListItemInput } })).saved,
  };
}
