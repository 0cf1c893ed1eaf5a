import type { Field } from '../fields';

/** Documents about a record: where they can be read, what they are. */
export const documents: Field = {
  name: 'documents',
  control: 'parts',
  fields: [
    { name: 'title', control: 'text' },
    { name: 'url', control: 'line' },
    { name: 'documentDate', control: 'date' },
    { name: 'languages', control: 'languages' },
    { name: 'format', control: 'line' },
    { name: 'categories', control: 'links', list: 'DocumentCategory' },
    { name: 'description', control: 'longText' },
  ],
};
