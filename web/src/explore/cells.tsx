import type { ReactNode } from 'react';
import { Badge, type BadgeState } from '../look/Badge';
import { useFormat } from '../shell/format';

/** One cell of a list, as the page shows it and as the file has it. */
export interface ListCell {
  shown: ReactNode;
  plain: string;
}

/** Makes the cells of a list; what is not known is a dash on the page and empty in the file. */
export interface Cells {
  word(text: string | null | undefined): ListCell;
  count(count: number): ListCell;
  /** A day, from YYYY-MM-DD; the file keeps that form. */
  day(iso: string | null | undefined): ListCell;
  state(state: BadgeState, name: string): ListCell;
}

/** The cells in the language of the page, with the reader's digits. */
export function useCells(): Cells {
  const format = useFormat();
  return {
    word: (text) => ({ shown: text ?? '–', plain: text ?? '' }),
    count: (count) => ({ shown: format.number(count), plain: String(count) }),
    day: (iso) => ({ shown: iso ? format.date(iso) : '–', plain: iso ?? '' }),
    state: (state, name) => ({ shown: <Badge state={state}>{name}</Badge>, plain: name }),
  };
}
