import { graphql } from '../../gql';
import type { PageInput } from '../../gql/graphql';
import { ask } from '../../graph/ask';
import type { Field } from '../fields';
import type { Form } from './form';
import { asWritten, trialOf } from './asWritten';

const texts: readonly Field[] = [
  { name: 'title', control: 'text' },
  { name: 'lead', control: 'longText', label: 'page.lead' },
  { name: 'body', control: 'longText', label: 'page.body' },
];
const language: Field = { name: 'originalLocale', control: 'language' };

const Read = graphql(`
  query EditPage($id: ID!) { record: page(by: { id: $id }) { ...EditPageRecord } }
  fragment EditPageRecord on Page {
    id code: slug version state slug position originalLocale
    titleAr: title(locale: "ar", fallback: []) { text isFallback }
    titleEn: title(locale: "en", fallback: []) { text isFallback }
    leadAr: lead(locale: "ar", fallback: []) { text isFallback }
    leadEn: lead(locale: "en", fallback: []) { text isFallback }
    bodyAr: body(locale: "ar", fallback: []) { text isFallback }
    bodyEn: body(locale: "en", fallback: []) { text isFallback }
    translations(where: { locale: { in: ["ar", "en"] } }, first: 100) { nodes { field locale text proposal { text } } }
    pendingChanges(where: { state: { in: [DRAFT, SUBMITTED, RETURNED] } }, first: 1) { nodes { id } }
  }
`);
const Try = graphql(`mutation EditTryPage($input: UpdatePageInput!) { tried: updatePage(input: $input) { record: page { ...EditPageRecord } change { fields { recordId field after } } userErrors { path code message messageAr } } }`);
const Create = graphql(`mutation EditCreatePage($input: CreatePageInput!) { saved: createPage(input: $input) { record: page { id } change { id } userErrors { path code message messageAr } } }`);
const Update = graphql(`mutation EditUpdatePage($input: UpdatePageInput!) { saved: updatePage(input: $input) { record: page { id version } change { id } userErrors { path code message messageAr } } }`);

/** Pages of the portal that the directorate writes itself. */
export const page: Form = {
  fields: [{ name: 'slug', control: 'line', label: 'page.slug' }, ...texts, { name: 'position', control: 'number', label: 'page.position' }, language],
  isWritten: true,
  read: (id, signal) =>
    asWritten({
      standing: async () => (await ask(Read, { id }, signal)).record,
      tried: async (version) => (await ask(Try, { input: { ...trialOf(id, version), page: {} } }, signal)).tried,
    }),
  create: async (clientMutationId, input) => (await ask(Create, { input: { clientMutationId, page: input as PageInput } })).saved,
  update: async (id, version, input) => (await ask(Update, { input: { id, version, page: input as PageInput } })).saved,
};

/** Pages to which the portal itself leads by their names, which therefore stay. */
export const builtInPage: Form = { ...page, fields: [...texts, language] };
