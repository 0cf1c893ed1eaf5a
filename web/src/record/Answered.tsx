import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { GraphError } from '../graph/ask';
import { ErrorNote } from '../look/ErrorNote';
import { Loading } from '../look/Loading';
import { NotFoundPage } from '../shell/NotFoundPage';

/** A record once it has been read; until then, that it is on its way, what failed, or that there is none. */
export function Answered<Answer, Record>(props: {
  answer: UseQueryResult<Answer>;
  record: (answer: Answer) => Record | null | undefined;
  children: (record: Record) => ReactNode;
}): ReactNode {
  const { data, error, refetch } = props.answer;
  // What is no id names no record; asking again would change nothing.
  if (error instanceof GraphError && error.code === 'BAD_USER_INPUT') return <NotFoundPage />;
  if (error)
    return (
      <div className="record">
        <ErrorNote error={error} onRetry={() => void refetch()} />
      </div>
    );
  if (!data) return <Loading />;
  const record = props.record(data);
  return record ? props.children(record) : <NotFoundPage />;
}
