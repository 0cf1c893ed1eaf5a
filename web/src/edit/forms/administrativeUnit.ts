import { graphql } from '../../gql';
import type { AdministrativeUnitInput } from '../../gql/graphql';
import { ask } from '../../graph/ask';
import type { Field } from '../fields';
import type { Form } from './form';
import { asWritten, trialOf } from './asWritten';

const fields: readonly Field[] = [
  { name: 'name', control: 'text' },
  { name: 'pcode', control: 'line', label: 'unit.pcode' },
  { name: 'level', control: 'number', label: 'unit.level' },
  { name: 'parentId', control: 'record', of: 'ADMINISTRATIVE_UNIT' },
  {
    name: 'aliases',
    control: 'parts',
    as: 'table',
    fields: [
      { name: 'name', control: 'line' },
      { name: 'locale', control: 'locale' },
      { name: 'kind', control: 'line', label: 'unit.aliasKind' },
    ],
  },
  {
    name: 'populations',
    control: 'parts',
    as: 'table',
    fields: [
      { name: 'year', control: 'year', label: 'unit.year' },
      { name: 'population', control: 'number', label: 'unit.population' },
      { name: 'source', control: 'line', label: 'unit.source' },
    ],
  },
  { name: 'areaKm2', control: 'decimal', label: 'unit.areaKm2' },
  { name: 'latitude', control: 'coordinate', label: 'unit.latitude' },
  { name: 'longitude', control: 'coordinate', label: 'unit.longitude' },
  { name: 'iso31662', control: 'line', label: 'unit.iso31662' },
  { name: 'geonamesId', control: 'number', label: 'unit.geonamesId' },
  { name: 'wikidataId', control: 'line', label: 'unit.wikidataId' },
  { name: 'validFrom', control: 'date', label: 'unit.validFrom' },
  { name: 'validTo', control: 'date', label: 'unit.validTo' },
  { name: 'successorId', control: 'record', of: 'ADMINISTRATIVE_UNIT', label: 'unit.successorId' },
  { name: 'originalLocale', control: 'language' },
];

const Read = graphql(`
  query EditAdministrativeUnit($id: ID!) { record: administrativeUnit(by: { id: $id }) { ...EditAdministrativeUnitRecord } }
  fragment EditAdministrativeUnitRecord on AdministrativeUnit {
    id code: pcode version state originalLocale pcode level iso31662 geonamesId wikidataId latitude longitude areaKm2 validFrom validTo
    nameAr: name(locale: "ar", fallback: []) { text isFallback }
    nameEn: name(locale: "en", fallback: []) { text isFallback }
    parent { id name { text } } successor { id name { text } }
    aliases { id name locale kind }
    populations { id year population source }
    translations(where: { locale: { in: ["ar", "en"] } }, first: 100) { nodes { field locale text proposal { text } } }
    pendingChanges(where: { state: { in: [DRAFT, SUBMITTED, RETURNED] } }, first: 1) { nodes { id } }
  }
`);
const Try = graphql(`mutation EditTryAdministrativeUnit($input: UpdateAdministrativeUnitInput!) { tried: updateAdministrativeUnit(input: $input) { record: administrativeUnit { ...EditAdministrativeUnitRecord } change { fields { recordId field after } } userErrors { path code message messageAr } } }`);
const Create = graphql(`mutation EditCreateAdministrativeUnit($input: CreateAdministrativeUnitInput!) { saved: createAdministrativeUnit(input: $input) { record: administrativeUnit { id } change { id } userErrors { path code message messageAr } } }`);
const Update = graphql(`mutation EditUpdateAdministrativeUnit($input: UpdateAdministrativeUnitInput!) { saved: updateAdministrativeUnit(input: $input) { record: administrativeUnit { id version } change { id } userErrors { path code message messageAr } } }`);

/** Administrative units, with their other names and their population by year. Boundaries come from imports. */
export const administrativeUnit: Form = {
  fields,
  isWritten: true,
  read: (id, signal) =>
    asWritten({
      standing: async () => (await ask(Read, { id }, signal)).record,
      tried: async (version) => (await ask(Try, { input: { ...trialOf(id, version), administrativeUnit: {} } }, signal)).tried,
    }),
  create: async (clientMutationId, input) => (await ask(Create, { input: { clientMutationId, administrativeUnit: input as AdministrativeUnitInput } })).saved,
  update: async (id, version, input) => (await ask(Update, { input: { id, version, administrativeUnit: input as AdministrativeUnitInput } })).saved,
};
