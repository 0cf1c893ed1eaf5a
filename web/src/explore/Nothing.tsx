import { useQueries } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../shell/format';
import type { Chip } from './Chips';
import type { Listing } from './Explore';
import { type Selection, toggle, writeSelection } from './selection';

/** So many ways out are looked at. */
const WAYS = 6;

interface NothingProps {
  listing: Listing;
  selection: Selection;
  chips: Chip[];
  onSelect: (next: Selection) => void;
  /** How many records another selection would have. */
  count: (selection: Selection, signal: AbortSignal) => Promise<number>;
}

/** Nothing was found: which filter to lift, and how many records that would give. */
export function Nothing(props: NothingProps): ReactNode {
  const { t } = useTranslation('explore');
  const format = useFormat();
  const { listing, selection, chips, onSelect, count } = props;
  const words = selection.words.trim();
  const ways = [
    ...(words ? [{ name: t('nothing.words', { words }), selection: { ...selection, words: '', after: null } }] : []),
    ...chips.map((chip) => ({ name: t('nothing.chip', { facet: t(`facet.${chip.facet}`), name: chip.name }), selection: toggle(selection, chip.facet, chip.value) })),
  ].slice(0, WAYS);
  const counts = useQueries({
    queries: ways.map((way) => ({
      queryKey: ['explore way', listing.name, writeSelection(way.selection, listing.usualSort).toString()],
      queryFn: ({ signal }: { signal: AbortSignal }) => count(way.selection, signal),
    })),
  });
  const opens = ways.flatMap((way, index) => {
    const found = counts[index]?.data ?? 0;
    return found > 0 ? [{ ...way, found }] : [];
  });
  const looked = counts.every((each) => !each.isPending);
  const all: Selection = { ...selection, words: '', chosen: {}, after: null };
  return (
    <div className="explore-empty">
      <p>
        <strong>{t(ways.length > 0 ? 'empty' : `${listing.name}.none`)}</strong>
      </p>
      {ways.length === 0 && <p>{t('nothing.yet')}</p>}
      {opens.length > 0 && (
        <ul>
          {opens.map((way) => (
            <li key={way.name}>
              <button type="button" className="explore-more" onClick={() => onSelect(way.selection)}>
                {way.name}
              </button>{' '}
              <span>{t('nothing.gives', { count: way.found, shown: format.number(way.found) })}</span>
            </li>
          ))}
        </ul>
      )}
      {looked && ways.length > 0 && opens.length === 0 && <p>{t('nothing.several')}</p>}
      {ways.length > 0 && (
        <button type="button" className="look-button" onClick={() => onSelect(all)}>
          {t('nothing.all')}
        </button>
      )}
    </div>
  );
}
