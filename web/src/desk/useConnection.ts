import { useSyncExternalStore } from 'react';

/** Whether the stream of changes stands, or stood when it was last looked at. */
let isReached = true;
const listeners = new Set<() => void>();

/** Tells whether the server is reached, for all who show it. */
export function tellReached(is: boolean): void {
  isReached = is;
  for (const told of listeners) told();
}

function follow(told: () => void): () => void {
  listeners.add(told);
  addEventListener('online', told);
  addEventListener('offline', told);
  return () => {
    listeners.delete(told);
    removeEventListener('online', told);
    removeEventListener('offline', told);
  };
}

/** Whether this device has a connection, and the server is at its other end. */
export const useConnection = (): boolean => useSyncExternalStore(follow, () => navigator.onLine && isReached);
