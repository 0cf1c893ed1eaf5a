/** A ready-made operation that shows what the graph answers. */
export interface Example {
  /** The file's name without its number, stable over time. */
  id: string;
  title: Localized;
  description: Localized;
  /** The operation without its heading. */
  query: string;
  /** Name of the operation, by which an open tab is recognised as this example. */
  operationName: string;
}

/** A text in the two languages of the page. */
export interface Localized {
  ar: string;
  en: string;
}

const HEADING = /^# ar: (.+)\n# en: (.+)\n# ar: (.+)\n# en: (.+)\n/;
const OPERATION = /^query (\w+)/m;

/** Reads an example from its file: title and description in both languages as comments, then the operation. */
export function readExample(path: string, text: string): Example {
  const heading = HEADING.exec(text);
  const operation = OPERATION.exec(text);
  const name = /(?:^|\/)\d+-([a-z-]+)\.graphql$/.exec(path);
  if (!heading || !operation || !name) throw new Error(`${path} is not an example: it lacks its heading, its operation's name or its number`);
  const [, titleAr = '', titleEn = '', descriptionAr = '', descriptionEn = ''] = heading;
  return {
    id: name[1] ?? '',
    title: { ar: titleAr, en: titleEn },
    description: { ar: descriptionAr, en: descriptionEn },
    query: text.slice(heading[0].length),
    operationName: operation[1] ?? '',
  };
}

/** All examples, in the order of their numbers. */
export const examples: readonly Example[] = Object.entries(
  import.meta.glob<string>('./examples/*.graphql', { query: '?raw', import: 'default', eager: true }),
)
  .sort(([one], [other]) => one.localeCompare(other))
  .map(([path, text]) => readExample(path, text));

/** Those that a first visit opens as tabs. */
export const openedAtFirst: readonly Example[] = examples.slice(0, 4);
