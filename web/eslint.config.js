import graphql from '@graphql-eslint/eslint-plugin';

// The contract is linted by graphql-js, which is stricter about SDL than the Go parser.
export default [
  {
    files: ['**/*.graphqls'],
    languageOptions: { parser: graphql.parser, parserOptions: { graphQLConfig: { schema: './schema.graphqls' } } },
    plugins: { '@graphql-eslint': graphql },
    rules: {
      ...graphql.configs['flat/schema-recommended'].rules,
      ...graphql.configs['flat/schema-relay'].rules,
      '@graphql-eslint/require-description': [
        'error',
        { types: true, FieldDefinition: true, InputValueDefinition: true, EnumValueDefinition: true, DirectiveDefinition: true },
      ],
      '@graphql-eslint/description-style': ['error', { style: 'inline' }],
      // Connections offer their nodes directly too, and wholes that are never long (parties, sectors) are plain lists.
      '@graphql-eslint/relay-edge-types': ['error', { withEdgeSuffix: true, shouldImplementNode: false, listTypeCanWrapOnlyEdgeType: false }],
      // Records have a global id and are nodes; pages, values and the parts of a record are reached through it and have none.
      '@graphql-eslint/strict-id-in-types': 'off',
      // The standard's own names win, such as the document-date of IATI.
      '@graphql-eslint/no-typename-prefix': 'off',
    },
  },
];
