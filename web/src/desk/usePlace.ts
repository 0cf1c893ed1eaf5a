import { useCallback } from 'react';
import { useSearchParams } from 'react-router';

/** What the address of a list says after its ?, and a way to say several things anew at once; null takes one out. */
export function usePlace(): [URLSearchParams, (changes: Record<string, string | null>) => void] {
  const [params, setParams] = useSearchParams();
  const go = useCallback(
    (changes: Record<string, string | null>): void =>
      setParams(
        (now) => {
          const next = new URLSearchParams(now);
          for (const [name, value] of Object.entries(changes)) {
            if (value === null) next.delete(name);
            else next.set(name, value);
          }
          return next;
        },
        { replace: true, preventScrollReset: true },
      ),
    [setParams],
  );
  return [params, go];
}
