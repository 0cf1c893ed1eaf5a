import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const GENERATED = /\/src\/gql\/\w+\.ts$/;

/** The text of each operation as codegen wrote it, with its fragments, by its name. */
function generatedTexts(): Map<string, string> {
  const code = readFileSync(fileURLToPath(new URL('src/gql/graphql.ts', import.meta.url)), 'utf8');
  return new Map([...code.matchAll(/^export const (\w+)Document = new TypedDocumentString\(`([^`]*)`\)/gm)].map(([, name = '', text = '']) => [name, text]));
}

/**
 * Puts each operation where a page asks for it. Codegen keeps all of them in one list by their texts, which every page would fetch whole, so that
 * each question of a page at the desk would be paid for by the readers of the first page.
 */
export function documentsInPlace(): Plugin {
  let texts = new Map<string, string>();
  return {
    name: 'documents-in-place',
    enforce: 'pre',
    apply: 'build',
    buildStart() {
      texts = generatedTexts();
    },
    transform(code, id) {
      // What nobody asks for of the list is left out.
      if (GENERATED.test(id)) return { code: code.replaceAll('= new TypedDocumentString(', '= /*#__PURE__*/ new TypedDocumentString('), map: null, moduleSideEffects: false };
      if (!code.includes('graphql(')) return undefined;
      const inPlace = code.replace(/\bgraphql\(\s*`([^`]*)`,?\s*\)/g, (_, source: string) => {
        const name = /\b(?:query|mutation|subscription)\s+(\w+)/.exec(source)?.[1];
        // What only declares fragments is part of the operations that spread them; left as a call, it would bring the list along.
        if (name === undefined) return 'undefined';
        const text = texts.get(name);
        if (text === undefined) throw new Error(`codegen wrote no text of ${name}`);
        return JSON.stringify(text);
      });
      return { code: inPlace, map: null };
    },
  };
}
