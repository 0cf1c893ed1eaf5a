import { NOT_STATED } from '../explore/projectFilter';
import type { FundingDimension } from '../gql/graphql';
import type { Heading } from './table';
import { type View, filters } from './view';

/** What a figure is about along a dimension: one value, or several that were taken together. */
export interface Place {
  dimension: FundingDimension;
  headings: readonly Pick<Heading, 'value'>[];
}

/** The name under which the list of projects knows a dimension; a figure along another one has no list. */
const facets: Partial<Record<FundingDimension, string>> = {
  SECTOR: 'sector',
  GOVERNORATE: 'governorate',
  FUNDER: 'funder',
  IMPLEMENTER: 'implementer',
  AGREEMENT: 'agreement',
  STATUS: 'status',
  YEAR: 'year',
  CATEGORY: 'category',
  DISTRICT: 'district',
  SDG: 'goal',
  MARKER: 'marker',
  FINANCE_TYPE: 'finance',
};

/** The list of the projects that make up a figure, as an address; null where the list cannot be told apart by what the figure is about. */
export function behind(view: View, places: readonly Place[]): string | null {
  const params = new URLSearchParams();
  for (const name of filters) {
    const [value] = view.only[name] ?? [];
    if (value) params.set(name, value);
  }
  for (const { dimension, headings } of places) {
    const facet = facets[dimension];
    if (facet === undefined || headings.length === 0) return null;
    const values = headings.map(({ value }) => value ?? NOT_STATED).join(',');
    // Narrowed to one value and cut by another, both must hold; the list knows alternatives only.
    if (params.has(facet) && params.get(facet) !== values) return null;
    params.set(facet, values);
  }
  if (!params.has('year')) params.set('year', Array.from({ length: view.to - view.from + 1 }, (_, index) => view.from + index).join(','));
  params.set('money', view.measure);
  return `/projects?${params}`;
}
