import { useMutation, useQueryClient } from '@tanstack/react-query';
import { post } from '../graph/talk';
import { useWording } from '../graph/useChange';

/** Something that is asked of the sign-in, and how it went. */
export interface Act<Input, Answer> {
  send: (input: Input) => void;
  isPending: boolean;
  answer: Answer | undefined;
  /** Why it was not done, in the language of the page. */
  wrong: readonly string[];
}

/** Asks something of the sign-in; once it is done, everything shown is read again. */
export function useAct<Input extends object, Answer>(path: string, onDone: (answer: Answer) => void = () => undefined): Act<Input, Answer> {
  const client = useQueryClient();
  const wording = useWording();
  const { mutate, isPending, data, error } = useMutation({
    mutationFn: (input: Input) => post<Answer>(path, input),
    onSuccess: (answer) => {
      onDone(answer);
      void client.invalidateQueries();
    },
  });
  return { send: mutate, isPending, answer: data, wrong: error ? [wording.failed(error)] : [] };
}
