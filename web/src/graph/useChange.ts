import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../shell/language';
import { GraphError } from './ask';

/** A refusal of a change, as the contract gives it. */
export interface Refusal {
  path: string[];
  code: string;
  message: string;
  messageAr: string;
}

/** A change of records, and how it went. */
export interface Change<Input, Answer> {
  send(input: Input): void;
  isPending: boolean;
  /** What the server answered, once it has taken the change. */
  taken: Answer | undefined;
  /** When it was sent, in milliseconds since 1970; 0 before. */
  takenAt: number;
  refusals: readonly Refusal[];
  /** Why nothing was changed, in the language of the page: the request failed, or the server refused. */
  wrong: readonly string[];
}

/** Puts refusals into the language of the page. */
export function useWording(): { refused: (refusals: readonly Refusal[]) => string[]; failed: (error: unknown) => string } {
  const { t } = useTranslation('shell');
  const { locale } = useLanguage();
  return {
    refused: (refusals) => refusals.map((refusal) => (locale === 'ar' ? refusal.messageAr : refusal.message)),
    failed: (error) => (error instanceof GraphError ? error.text(locale) : t('error.unreachable')),
  };
}

/** A change of records; once it is taken, everything shown is read again. */
export function useChange<Input, Answer extends { userErrors: Refusal[] }>(
  ask: (input: Input) => Promise<Answer>,
  then: { onTaken?: (answer: Answer) => void; onRefused?: (refusals: readonly Refusal[]) => void } = {},
): Change<Input, Answer> {
  const client = useQueryClient();
  const wording = useWording();
  // A button pressed twice in a moment is pressed before it is drawn as disabled.
  const isUnderWay = useRef(false);
  const { mutate, isPending, data, error, submittedAt } = useMutation({
    mutationFn: ask,
    onSettled: () => {
      isUnderWay.current = false;
    },
    onSuccess: (answer) => {
      if (answer.userErrors.length > 0) return then.onRefused?.(answer.userErrors);
      then.onTaken?.(answer);
      void client.invalidateQueries();
    },
  });
  const send = (input: Input): void => {
    if (isUnderWay.current) return;
    isUnderWay.current = true;
    mutate(input);
  };
  const refusals = data?.userErrors ?? [];
  return { send, isPending, taken: data && refusals.length === 0 ? data : undefined, takenAt: submittedAt, refusals, wrong: error ? [wording.failed(error)] : wording.refused(refusals) };
}
