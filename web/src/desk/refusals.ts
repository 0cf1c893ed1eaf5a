import { GraphError } from '../graph/ask';

/** A refusal of a change, as the contract gives it. */
export interface Refusal {
  path: string[];
  code: string;
  message: string;
  messageAr: string;
}

/** What a change was refused for, in the language of the page. */
export function words(refusals: readonly Refusal[], locale: string): string[] {
  return refusals.map((refusal) => (locale === 'ar' ? refusal.messageAr : refusal.message));
}

/** What went wrong with a request, in the language of the page; a lost connection in the words given. */
export function failure(error: unknown, locale: string, lost: string): string[] {
  return [error instanceof GraphError ? error.text(locale) : lost];
}
