import { useQueries } from '@tanstack/react-query';
import type { DeskDayQueryVariables } from '../gql/graphql';
import { type AgendaEntry, Day, MOST } from '../desk/agenda';
import { ask } from '../graph/ask';
import { useLanguage } from '../shell/language';
import { type Day as Date, plusDays } from './month';

/** What is looked at. */
export type DueFilter = Pick<DeskDayQueryVariables, 'kinds' | 'owner' | 'organization' | 'states'>;

/** What is due in some weeks; each is asked for apart and kept, since months share weeks and a long one hides nothing of another. */
export interface Due {
  byDay: Map<Date, AgendaEntry[]>;
  isKnown: boolean;
  isFetching: boolean;
  /** Weeks of which there may be more than was read, by their first day. */
  cut: Date[];
  error: unknown;
  retry: () => void;
}

/** Reads what is due in the weeks that begin on these days. */
export function useDue(starts: Date[], filter: DueFilter): Due {
  const { locale } = useLanguage();
  return useQueries({
    queries: starts.map((from) => {
      const variables: DeskDayQueryVariables = { ...filter, from, to: plusDays(from, 6) };
      return {
        queryKey: [Day.toString(), variables, locale, null],
        queryFn: ({ signal }: { signal: AbortSignal }) => ask(Day, variables, signal),
      };
    }),
    combine: (answers) => {
      const byDay = new Map<Date, AgendaEntry[]>();
      for (const entry of answers.flatMap((answer) => answer.data?.agenda ?? [])) {
        byDay.set(entry.dueOn, [...(byDay.get(entry.dueOn) ?? []), entry]);
      }
      return {
        byDay,
        isKnown: answers.every((answer) => answer.data !== undefined),
        isFetching: answers.some((answer) => answer.isFetching),
        cut: starts.filter((_, at) => answers[at]?.data?.agenda.length === MOST),
        error: answers.find((answer) => answer.error)?.error ?? null,
        retry: () => void answers.filter((answer) => answer.error).map((answer) => answer.refetch()),
      };
    },
  });
}
