import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../gql';
import { useGraph } from '../graph/useGraph';
import type { Choice } from './Explore';
import { NOT_STATED } from './projectFilter';
import { type Selection, toggle } from './selection';

/** What was chosen and is not among the counts, such as a partner far down its list. */
const Chosen = graphql(`
  query ExploreChosen($ids: [ID!]!) {
    nodes(ids: $ids) {
      ... on Organization { id name { text } }
      ... on Agreement { id name: title { text } }
      ... on AdministrativeUnit { id name { text } }
      ... on CodeListItem { id name { text } }
    }
  }
`);

/** A value that was chosen, with its name. */
export interface Chip {
  facet: string;
  value: string;
  name: string;
}

/** Global ids begin with the kind of their record. */
const isRecord = (value: string): boolean => /^[a-z]{3}_/.test(value);

/** Everything that was chosen, named by the counts or by the records themselves. */
export function useChips(selection: Selection, facets: Record<string, Choice[]>, names: Record<string, (value: string) => string> = {}): Chip[] {
  const { t } = useTranslation('explore');
  const chosen = Object.entries(selection.chosen).flatMap(([facet, values]) => values.map((value) => ({ facet, value, name: facets[facet]?.find((choice) => choice.value === value)?.name ?? names[facet]?.(value) })));
  const ids = [...new Set(chosen.flatMap(({ value, name }) => (name === undefined && isRecord(value) ? [value] : [])))].slice(0, 100);
  const records = useGraph(Chosen, { ids }, { enabled: ids.length > 0 }).data?.nodes ?? [];
  const named = (value: string): string | undefined => {
    const record = records.find((each) => each && 'id' in each && each.id === value);
    return record && 'name' in record ? record.name?.text : undefined;
  };
  return chosen.map(({ facet, value, name }) => ({ facet, value, name: name ?? (value === NOT_STATED ? t('facet.notStated') : (named(value) ?? (isRecord(value) ? '…' : value))) }));
}

/** What was chosen, each with a way to take it back. */
export function Chips(props: { chips: Chip[]; selection: Selection; onSelect: (next: Selection) => void }): ReactNode {
  const { t } = useTranslation('explore');
  const { chips, selection, onSelect } = props;
  if (chips.length === 0) return null;
  return (
    <ul className="explore-chips">
      {chips.map((chip) => (
        <li key={chip.facet + chip.value}>
          <span>
            <span className="explore-chip-of">{t(`facet.${chip.facet}`)}:</span> <bdi>{chip.name}</bdi>
          </span>
          <button type="button" onClick={() => onSelect(toggle(selection, chip.facet, chip.value))} aria-label={t('remove', { name: chip.name })}>
            <X aria-hidden size={14} />
          </button>
        </li>
      ))}
      <li>
        <button type="button" className="explore-more" onClick={() => onSelect({ ...selection, chosen: {}, after: null })}>
          {t('clear')}
        </button>
      </li>
    </ul>
  );
}
