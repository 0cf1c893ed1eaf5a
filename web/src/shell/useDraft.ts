import { useState } from 'react';
import { useWho } from '../sign/session';

const PREFIX = 'taawun:draft:';

/** A text that stays in this browser until it is taken: a closed window or a lost connection loses nothing. Whoever signs in next here does not see it. */
export function useDraft(key: string, start: string): { text: string; isKept: boolean; write: (text: string) => void; taken: () => void } {
  const { data: who } = useWho();
  const place = `${PREFIX}${who?.account?.id ?? ''}:${key}`;
  const [kept, setKept] = useState(() => localStorage.getItem(place));
  return {
    text: kept ?? start,
    isKept: kept !== null && kept !== start,
    write: (text) => {
      localStorage.setItem(place, text);
      setKept(text);
    },
    taken: () => {
      localStorage.removeItem(place);
      setKept(null);
    },
  };
}
