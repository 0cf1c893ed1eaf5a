import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Bars } from '../look/Bars';
import { useFormat } from '../shell/format';
import type { Choice } from './Explore';
import { type Selection, toggle } from './selection';

/** The selection counted by one of its facets, as bars; a bar narrows the selection to what it stands for. */
export function FacetChart(props: { facets: Record<string, Choice[]>; selection: Selection; onSelect: (next: Selection) => void }): ReactNode {
  const { t } = useTranslation('explore');
  const format = useFormat();
  const { facets, selection, onSelect } = props;
  const offered = Object.keys(facets).filter((name) => (facets[name]?.length ?? 0) > 0);
  const by = offered.find((name) => name === selection.by) ?? offered[0];
  if (by === undefined) return null;
  // The counts of a facet leave out what was chosen of it; the chart is of what was chosen.
  const chosen = selection.chosen[by] ?? [];
  const counted = (facets[by] ?? []).filter(({ value }) => chosen.length === 0 || chosen.includes(value));
  return (
    <section className="explore-chart">
      <label>
        {t('chart.by')}
        <select value={by} onChange={(event) => onSelect({ ...selection, by: event.target.value })}>
          {offered.map((name) => (
            <option key={name} value={name}>
              {t(`facet.${name}`)}
            </option>
          ))}
        </select>
      </label>
      <h2>{t('chart.title', { facet: t(`facet.${by}`) })}</h2>
      <Bars
        rows={counted.map((choice) => ({
          key: choice.value,
          label: (
            <button type="button" className="explore-more" aria-pressed={selection.chosen[by]?.includes(choice.value) ?? false} onClick={() => onSelect(toggle(selection, by, choice.value))}>
              {choice.label}
            </button>
          ),
          value: choice.count,
          text: format.number(choice.count),
        }))}
      />
      <p>{t('chart.rule')}</p>
    </section>
  );
}
