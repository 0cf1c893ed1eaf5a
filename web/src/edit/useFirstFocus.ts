import { type RefObject, useEffect, useRef } from 'react';

/** Leads to the first field of a part that was just added: one goes on writing there. */
export function useFirstFocus<Part extends HTMLElement>(isAdded: boolean): RefObject<Part | null> {
  const part = useRef<Part>(null);
  useEffect(() => {
    if (isAdded) part.current?.querySelector<HTMLElement>('input, select, textarea')?.focus();
  }, [isAdded]);
  return part;
}
