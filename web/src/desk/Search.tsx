import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** How long somebody pauses who has come to the end of a word. */
const PAUSE_MS = 250;

/** A field whose words narrow a list as they are written; the address follows once the writer pauses. */
export function Search(props: { label: string; value: string; onSearch: (words: string) => void }): ReactNode {
  const { t } = useTranslation('desk');
  const { value, onSearch } = props;
  const [words, setWords] = useState(value);
  useEffect(() => {
    if (words === value) return undefined;
    const wait = setTimeout(() => onSearch(words), PAUSE_MS);
    return () => clearTimeout(wait);
  }, [words, value, onSearch]);
  return (
    <label className="desk-search">
      <span className="hidden">{props.label}</span>
      <input type="search" dir="auto" value={words} placeholder={t('keys.search')} aria-label={props.label} onChange={(event) => setWords(event.target.value)} />
    </label>
  );
}
