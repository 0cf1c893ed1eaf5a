/** The records that people enter and publish, by their types in the contract, with the pages on which each is read. Their forms have the same names, in small letters. */
export const pages = {
  Agreement: '/agreements/',
  Project: '/projects/',
  Organization: '/organizations/',
  Evaluation: '/desk/evaluations?item=',
  AdministrativeUnit: '/units/',
  Page: '/desk/pages?item=',
} as const;

/** A type of records that people enter and publish. */
export type RecordType = keyof typeof pages;

/** All of them. */
export const recordTypes = Object.keys(pages) as RecordType[];

/** Those that every unit of the ministry enters day by day, and for which there are ways to begin everywhere; the others speak for the whole ministry and begin on pages of their own. */
export const enteredTypes = ['Agreement', 'Project', 'Organization', 'Evaluation'] as const satisfies RecordType[];

/** The name of its form. */
export const kindOf = <Type extends RecordType>(type: Type): Lowercase<Type> => type.toLowerCase() as Lowercase<Type>;

/** The page of the form of a record, or of a new one. */
export const formOf = (type: RecordType, id = 'new'): string => (type === 'Page' ? `/desk/pages/${id}` : `/desk/edit/${kindOf(type)}/${id}`);
