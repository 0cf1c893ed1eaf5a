import { useCallback } from 'react';
import { useSearchParams } from 'react-router';
import { withParam } from '../shell/withParam';

/** What the address of a list says after its ?, and a way to say several things anew at once; null takes one out. */
export function usePlace(): [URLSearchParams, (changes: Record<string, string | null>) => void] {
  const [params, setParams] = useSearchParams();
  const go = useCallback(
    (changes: Record<string, string | null>): void =>
      setParams(
        (now) => Object.entries(changes).reduce((next, [name, value]) => withParam(next, name, value), now),
        { replace: true, preventScrollReset: true },
      ),
    [setParams],
  );
  return [params, go];
}
