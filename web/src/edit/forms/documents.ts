import { graphql } from '../../gql';
import type { Field } from '../fields';

graphql(`
  fragment EditDocument on Document {
    id url documentDate languages format
    categories { id name { text } }
    titleAr: title(locale: "ar", fallback: []) { text isFallback }
    titleEn: title(locale: "en", fallback: []) { text isFallback }
    descriptionAr: description(locale: "ar", fallback: []) { text isFallback }
    descriptionEn: description(locale: "en", fallback: []) { text isFallback }
  }
`);

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
