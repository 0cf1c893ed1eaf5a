import { graphql } from '../gql';
import { type AccountInput, Role } from '../gql/graphql';
import { ask } from '../graph/ask';
import type { Field } from '../edit/fields';
import type { Form } from '../edit/forms';

const fields: readonly Field[] = [
  { name: 'login', control: 'line' },
  { name: 'name', control: 'line', label: 'ownName' },
  { name: 'email', control: 'line' },
  { name: 'locale', control: 'language', label: 'ownLocale' },
  {
    name: 'roles',
    control: 'parts',
    fields: [
      { name: 'role', control: 'choice', enumeration: 'Role', values: Object.values(Role) },
      { name: 'ministryUnitId', control: 'unit' },
      { name: 'organizationId', control: 'record', of: 'ORGANIZATION', label: 'partnerOf' },
    ],
  },
];

const Read = graphql(`
  query EditAccount($id: ID!) {
    record: node(id: $id) {
      ... on Account {
        id login name email locale version
        roles { id role ministryUnit { id name { text } } organization { id name { text } } }
      }
    }
  }
`);
const Create = graphql(`mutation EditCreateAccount($input: CreateAccountInput!) { saved: createAccount(input: $input) { record: account { id } userErrors { path code message messageAr } } }`);
const Update = graphql(`mutation EditUpdateAccount($input: UpdateAccountInput!) { saved: updateAccount(input: $input) { record: account { id } userErrors { path code message messageAr } } }`);

/** The accounts of people, with their roles. */
export const account: Form = {
  fields,
  read: async (id, signal) => {
    const { record } = await ask(Read, { id }, signal);
    return record && 'version' in record ? record : null;
  },
  create: async (clientMutationId, input) => (await ask(Create, { input: { clientMutationId, account: input as AccountInput } })).saved,
  update: async (id, version, input) => (await ask(Update, { input: { id, version, account: input as AccountInput } })).saved,
};
