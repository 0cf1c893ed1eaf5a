import { type ChangeEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../shell/format';
import type { Choice, Listing } from './Explore';
import { type Selection, toggle } from './selection';

/** So long after the last letter somebody may still be typing. */
const TYPING_MS = 2000;

/** The field for words: the list follows as one types, a moment behind. */
export function Words(props: { selection: Selection; onSelect: (next: Selection) => void; label: string }): ReactNode {
  const { selection, onSelect } = props;
  const [words, setWords] = useState(selection.words);
  const typedAt = useRef(0);
  // The address follows at its own pace; while somebody types it has nothing newer to say.
  useEffect(() => {
    if (Date.now() - typedAt.current > TYPING_MS) setWords(selection.words);
  }, [selection.words]);
  useEffect(() => {
    if (words === selection.words) return;
    const timer = setTimeout(() => onSelect({ ...selection, words, after: null }), 250);
    return () => clearTimeout(timer);
  });
  const type = (event: ChangeEvent<HTMLInputElement>): void => {
    typedAt.current = Date.now();
    setWords(event.target.value);
  };
  return <input type="search" className="explore-words" value={words} onChange={type} aria-label={props.label} placeholder={props.label} />;
}

/** What the list can be narrowed by. */
export function Facets(props: { listing: Listing; selection: Selection; onSelect: (next: Selection) => void; facets: Record<string, Choice[]> }): ReactNode {
  const { t } = useTranslation('explore');
  const format = useFormat();
  // On a wide screen the facets stand open beside the list; on a narrow one they are a sheet that opens when asked for.
  const [open, setOpen] = useState(() => matchMedia('(min-width: 1241px)').matches);
  const chosen = Object.values(props.selection.chosen).flat().length;
  const offered = props.listing.facets.filter((facet) => !props.listing.asked?.includes(facet) && (props.facets[facet]?.length ?? 0) > 0);
  if (offered.length === 0) return null;
  return (
    <details className="explore-facets" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {t('facets')} {chosen > 0 && <span className="explore-chosen">{format.number(chosen)}</span>}
      </summary>
      {offered.map((facet) => (
        <Facet key={facet} name={facet} choices={props.facets[facet] ?? []} chosen={props.selection.chosen[facet] ?? []} onToggle={(value) => props.onSelect(toggle(props.selection, facet, value))} />
      ))}
    </details>
  );
}

const FEW = 6;

function Facet(props: { name: string; choices: Choice[]; chosen: string[]; onToggle: (value: string) => void }): ReactNode {
  const { t } = useTranslation('explore');
  const format = useFormat();
  const id = useId();
  const [all, setAll] = useState(false);
  const largest = Math.max(1, ...props.choices.map((choice) => choice.count));
  const shown = all ? props.choices : props.choices.filter((choice, index) => index < FEW || props.chosen.includes(choice.value));
  return (
    <fieldset>
      <legend>{t(`facet.${props.name}`)}</legend>
      {shown.map((choice) => (
        <div key={choice.value} className={choice.count === 0 ? 'explore-choice explore-zero' : 'explore-choice'}>
          <input type="checkbox" id={`${id}${choice.value}`} checked={props.chosen.includes(choice.value)} onChange={() => props.onToggle(choice.value)} />
          <label htmlFor={`${id}${choice.value}`}>{choice.label}</label>
          <span>{format.number(choice.count)}</span>
          <progress aria-hidden className="look-bar" max={largest} value={choice.count} />
        </div>
      ))}
      {props.choices.length > FEW && (
        <button type="button" className="explore-more" onClick={() => setAll(!all)} aria-expanded={all}>
          {all ? t('fewer') : t('moreOf', { count: props.choices.length - shown.length, shown: format.number(props.choices.length - shown.length) })}
        </button>
      )}
    </fieldset>
  );
}
