import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ErrorNote } from '../look/ErrorNote';
import { Loading } from '../look/Loading';
import { RecordForm } from './EditPage';
import type { Form } from './forms';

/** The form of a record beside a list: read anew by its id, or empty for a new one. */
export function PeekForm(props: { kind: string; form: Form; id: string | null; onMade: (id: string) => void }): ReactNode {
  const { kind, form, id } = props;
  const record = useQuery({
    queryKey: ['edit', kind, id],
    queryFn: ({ signal }) => (id === null ? null : form.read(id, signal).then((read) => read ?? null)),
  });
  if (record.error) return <ErrorNote error={record.error} onRetry={() => void record.refetch()} />;
  if (record.data === undefined) return <Loading />;
  return <RecordForm key={id ?? 'new'} kind={kind} form={form} record={record.data} onConflict={() => void record.refetch()} onMade={props.onMade} />;
}
