import { useSyncExternalStore } from 'react';

function follow(told: () => void): () => void {
  addEventListener('online', told);
  addEventListener('offline', told);
  return () => {
    removeEventListener('online', told);
    removeEventListener('offline', told);
  };
}

/** Whether this device has a connection at all, as far as it knows. */
export const useConnection = (): boolean => useSyncExternalStore(follow, () => navigator.onLine);
