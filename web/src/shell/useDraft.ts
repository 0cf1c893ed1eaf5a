import { useState } from 'react';

const PREFIX = 'taawun:draft:';

/** A text that stays in this browser until it is taken: a closed window or a lost connection loses nothing. */
export function useDraft(key: string, start: string): { text: string; isKept: boolean; write: (text: string) => void; taken: () => void } {
  const [kept, setKept] = useState(() => localStorage.getItem(PREFIX + key));
  return {
    text: kept ?? start,
    isKept: kept !== null && kept !== start,
    write: (text) => {
      localStorage.setItem(PREFIX + key, text);
      setKept(text);
    },
    taken: () => {
      localStorage.removeItem(PREFIX + key);
      setKept(null);
    },
  };
}
