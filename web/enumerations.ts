import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type FieldDefinitionNode, type TypeNode, parse } from 'graphql';
import type { Plugin } from 'vite';

const MODULE = 'virtual:enumerations';

/** Tells the pages which fields of the contract hold a value of which enumeration, by the type they belong to, so that a value which comes without its type can be named. */
export function enumerations(): Plugin {
  return {
    name: 'enumerations',
    resolveId: (id) => (id === MODULE ? `\0${MODULE}` : undefined),
    load(id) {
      if (id !== `\0${MODULE}`) return undefined;
      const { definitions } = parse(readFileSync(fileURLToPath(new URL('../schema.graphqls', import.meta.url)), 'utf8'), { noLocation: true });
      const enums = new Set(definitions.flatMap((each) => (each.kind === 'EnumTypeDefinition' ? [each.name.value] : [])));
      const of = (fields: readonly FieldDefinitionNode[]): [string, string][] => fields.flatMap((field) => (enums.has(named(field.type)) ? [[field.name.value, named(field.type)]] : []));
      const types = definitions.flatMap((each) => {
        if (each.kind !== 'ObjectTypeDefinition') return [];
        const fields = of(each.fields ?? []);
        return fields.length > 0 ? [[each.name.value, Object.fromEntries(fields)] as const] : [];
      });
      return `export default ${JSON.stringify(Object.fromEntries(types))}`;
    },
  };
}

function named(type: TypeNode): string {
  return type.kind === 'NamedType' ? type.name.value : named(type.type);
}
