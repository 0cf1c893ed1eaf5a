/** The records that people enter and publish, by their types in the contract, with the pages on which each is read. Their forms have the same names, in small letters. */
export const pages = { Agreement: '/agreements/', Project: '/projects/', Organization: '/organizations/', Evaluation: '/desk/evaluations?item=' } as const;

/** A type of records that people enter and publish. */
export type RecordType = keyof typeof pages;

/** All of them. */
export const recordTypes = Object.keys(pages) as RecordType[];

/** The name of its form. */
export const kindOf = <Type extends RecordType>(type: Type): Lowercase<Type> => type.toLowerCase() as Lowercase<Type>;

/** The page of the form of a record, or of a new one. */
export const formOf = (type: RecordType, id = 'new'): string => `/desk/edit/${kindOf(type)}/${id}`;
