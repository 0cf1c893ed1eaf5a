import type { CodegenConfig } from '@graphql-codegen/cli';

// The types of every operation of the pages, from the contract itself: an operation that does not fit it fails here, before anything runs.
const config: CodegenConfig = {
  schema: '../schema.graphqls',
  documents: ['src/**/*.{ts,tsx}', '!src/gql/**'],
  ignoreNoDocuments: true,
  generates: {
    './src/gql/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: {
        documentMode: 'string',
        useTypeImports: true,
        enumsAsConst: true,
        skipTypename: true,
        strictScalars: true,
        scalars: {
          Date: 'string', DateTime: 'string', Decimal: 'string', Locale: 'string', URL: 'string', Cursor: 'string',
          GeoJSON: 'GeoJSON.Geometry', JSON: 'unknown',
        },
      },
    },
  },
};
export default config;
