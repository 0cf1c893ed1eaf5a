import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { TypedDocumentString } from '../gql/graphql';
import { useMoment } from '../past/moment';
import { useLanguage } from '../shell/language';
import { ask } from './ask';

/** The answer to a query; while other variables are under way, the answer before stays. Texts come in the language of the page, records as of its moment. */
export function useGraph<Result, Variables>(
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
  options: { enabled?: boolean; staleTime?: 'static'; /** Whether the answer to those variables may stay meanwhile; any may if absent. */ stays?: (before: Variables) => boolean } = {},
): UseQueryResult<Result> {
  const { locale } = useLanguage();
  const page = useMoment();
  // What never changes is no different then.
  const moment = options.staleTime === 'static' ? null : page;
  const { stays, ...others } = options;
  return useQuery({
    queryKey: [document.toString(), variables, locale, moment],
    queryFn: ({ signal }) => ask(document, variables, signal, moment),
    placeholderData: (before, query) => (!stays || (query && stays(query.queryKey[1] as Variables)) ? before : undefined),
    ...others,
  });
}
