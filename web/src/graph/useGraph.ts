import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { TypedDocumentString } from '../gql/graphql';
import { useMoment } from '../past/moment';
import { useLanguage } from '../shell/language';
import { ask } from './ask';

/** The server finds duplicates and what breaks a rule a few seconds after records have changed, and no event tells of it: such lists are asked for again so often. */
export const DERIVED_MS = 5000;

/** What names the one record that a question is about. */
const NAMES_RECORD = ['id', 'slug'] as const;

/** Whether two questions are about the same record, or both about none in particular. */
function sameRecord(before: unknown, now: unknown): boolean {
  const [one, other] = [before ?? {}, now ?? {}] as Record<string, unknown>[];
  return NAMES_RECORD.every((name) => one?.[name] === other?.[name]);
}

/**
 * The answer to a query; while other variables are under way, the answer before stays, unless it is of another record or
 * of another moment. Texts come in the language of the page, records as of its moment.
 */
export function useGraph<Result, Variables>(
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
  options: { enabled?: boolean; staleTime?: 'static'; /** After how many milliseconds to ask again, where no event tells of what is new. */ refetchInterval?: number; /** Whether the answer to those variables may stay meanwhile; if absent, that of the same record may. */ stays?: (before: Variables) => boolean } = {},
): UseQueryResult<Result> {
  const { locale } = useLanguage();
  const page = useMoment();
  // What never changes is no different then.
  const moment = options.staleTime === 'static' ? null : page;
  const { stays = (before: Variables) => sameRecord(before, variables), ...others } = options;
  return useQuery({
    queryKey: [document.toString(), variables, locale, moment],
    queryFn: ({ signal }) => ask(document, variables, signal, moment),
    placeholderData: (before, query) => (query?.queryKey[3] === moment && stays(query.queryKey[1] as Variables) ? before : undefined),
    ...others,
  });
}

/** The question that an answer belongs to: while another is under way, the one before. What is drawn of an answer that stays goes by it. */
export function useAsked<Question>(answer: { isPlaceholderData: boolean }, question: Question): Question {
  const answered = useRef(question);
  useEffect(() => {
    if (!answer.isPlaceholderData) answered.current = question;
  });
  return answer.isPlaceholderData ? answered.current : question;
}
