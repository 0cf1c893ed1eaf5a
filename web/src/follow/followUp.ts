import type { Field } from '../edit/fields';
import type { Form } from '../edit/forms';
import { newest, withTexts } from '../edit/forms/asWritten';
import { graphql } from '../gql';
import type { ObligationFollowUpInput } from '../gql/graphql';
import { ask } from '../graph/ask';

const fields: readonly Field[] = [
  { name: 'occurredOn', control: 'date', label: 'followUp.occurredOn' },
  { name: 'doneBy', control: 'line', label: 'followUp.doneBy' },
  { name: 'action', control: 'longText', label: 'followUp.action' },
  { name: 'result', control: 'longText', label: 'followUp.result' },
  { name: 'nextStep', control: 'text', label: 'followUp.nextStep' },
  { name: 'nextOn', control: 'date', label: 'followUp.nextOn' },
];

const Read = graphql(`
  query EditFollowUp($id: ID!) {
    record: node(id: $id) {
      ... on ObligationFollowUp {
        id version occurredOn doneBy nextOn
        actionAr: action(locale: "ar", fallback: []) { text isFallback }
        actionEn: action(locale: "en", fallback: []) { text isFallback }
        resultAr: result(locale: "ar", fallback: []) { text isFallback }
        resultEn: result(locale: "en", fallback: []) { text isFallback }
        nextStepAr: nextStep(locale: "ar", fallback: []) { text isFallback }
        nextStepEn: nextStep(locale: "en", fallback: []) { text isFallback }
      }
    }
    translations(where: { subjectKind: { eq: "ObligationFollowUp" } }, first: 100) {
      nodes { field locale text proposal { text } subject { ... on ObligationFollowUp { id } } }
    }
  }
`);
const Create = graphql(`mutation EditCreateFollowUp($input: CreateObligationFollowUpInput!) { saved: createObligationFollowUp(input: $input) { record: obligationFollowUp { id } userErrors { path code message messageAr } } }`);
const Update = graphql(`mutation EditUpdateFollowUp($input: UpdateObligationFollowUpInput!) { saved: updateObligationFollowUp(input: $input) { record: obligationFollowUp { id } userErrors { path code message messageAr } } }`);

/** What was done about an obligation, and what is to follow. */
export const followUpOf = (obligationId: string): Form => ({
  fields,
  read: async (id, signal) => {
    const { record, translations } = await ask(Read, { id }, signal);
    if (!record || !('version' in record)) return null;
    return withTexts(record, newest(id, translations.nodes.filter(({ subject }) => subject && 'id' in subject && subject.id === id)));
  },
  create: async (clientMutationId, input) => (await ask(Create, { input: { clientMutationId, obligationFollowUp: { ...(input as ObligationFollowUpInput), obligationId } } })).saved,
  update: async (id, version, input) => (await ask(Update, { input: { id, version, obligationFollowUp: input as ObligationFollowUpInput } })).saved,
});
