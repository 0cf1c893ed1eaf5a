import { type UseQueryResult, keepPreviousData, useQuery } from '@tanstack/react-query';
import type { TypedDocumentString } from '../gql/graphql';
import { useLanguage } from '../shell/language';
import { ask } from './ask';

/** The answer to a query; while other variables are under way, the answer before stays. Texts come in the language of the page. */
export function useGraph<Result, Variables>(
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
  options: { enabled?: boolean; staleTime?: 'static' } = {},
): UseQueryResult<Result> {
  const { locale } = useLanguage();
  return useQuery({
    queryKey: [document.toString(), variables, locale],
    queryFn: ({ signal }) => ask(document, variables, signal),
    placeholderData: keepPreviousData,
    ...options,
  });
}
