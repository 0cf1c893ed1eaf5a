import { useEffect, useRef } from 'react';

/** A pause of so many milliseconds in the writing saves it. */
const PAUSE_MS = 1500;
/** What the connection lost is sent again after so many. */
const AGAIN_MS = 10_000;

/**
 * Sends what is to be saved once the writing pauses; null where there is nothing, or nothing may be sent now. What never arrived is sent again
 * after a while; what the server refused it would refuse again until something else is written.
 */
export function useAutosave(waiting: string | null, isRefused: boolean, send: () => void): void {
  const sent = useRef<string | null>(null);
  const sending = useRef(send);
  sending.current = send;
  useEffect(() => {
    const isSame = sent.current === waiting;
    if (waiting === null || (isSame && isRefused)) return;
    const timer = setTimeout(() => {
      sent.current = waiting;
      sending.current();
    }, isSame ? AGAIN_MS : PAUSE_MS);
    return () => clearTimeout(timer);
  }, [waiting, isRefused]);
}
