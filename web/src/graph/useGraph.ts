import { type UseMutationResult, type UseQueryResult, keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { TypedDocumentString } from '../gql/graphql';
import { useLanguage } from '../shell/language';
import { ask } from './ask';

/** The answer to a query; while other variables are under way, the answer before stays. Texts come in the language of the page. */
export function useGraph<Result, Variables>(
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
  options: { enabled?: boolean; staleTime?: number } = {},
): UseQueryResult<Result> {
  const { locale } = useLanguage();
  return useQuery({
    queryKey: [document.toString(), variables, locale],
    queryFn: ({ signal }) => ask(document, variables, signal),
    placeholderData: keepPreviousData,
    ...options,
  });
}

/** A change of records; afterwards everything shown is read again. */
export function useChange<Result, Variables>(document: TypedDocumentString<Result, Variables>): UseMutationResult<Result, Error, Variables> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (variables: Variables) => ask(document, variables),
    onSettled: () => client.invalidateQueries(),
  });
}
