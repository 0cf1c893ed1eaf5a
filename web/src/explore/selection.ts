/** Ways of showing a selection, in the order offered; each has its name in the texts and its picture in Explore. */
export const views = ['list', 'cards', 'chart', 'map'] as const;
export type ExploreView = (typeof views)[number];

/** What a list shows, all of it in the address so that a view can be shared. */
export interface Selection {
  /** Words that must occur. */
  words: string;
  /** The values chosen of each facet, by its name. */
  chosen: Record<string, string[]>;
  /** Field of the order, with a minus sign in front for descending. */
  sort: string;
  /** How it is shown. */
  view: ExploreView;
  /** The facet that a chart counts by; null for the first. */
  by: string | null;
  /** Cursor after which the page begins; null for the first. */
  after: string | null;
  /** How many records stand before that page. */
  at: number;
}

/** Reads a selection from an address; facets and sorts that the list does not know are left out. */
export function readSelection(params: URLSearchParams, facets: readonly string[], sorts: readonly string[], usual: string): Selection {
  const sort = params.get('sort') ?? usual;
  return {
    words: params.get('q') ?? '',
    chosen: Object.fromEntries(
      facets.map((facet) => [facet, (params.get(facet) ?? '').split(',').filter((value) => value !== '')] as const).filter(([, values]) => values.length > 0),
    ),
    sort: sorts.includes(sort.replace(/^-/, '')) ? sort : usual,
    view: views.find((view) => view === params.get('view')) ?? 'list',
    by: facets.find((facet) => facet === params.get('by')) ?? null,
    after: params.get('after'),
    at: /^\d{1,7}$/.test(params.get('at') ?? '') ? Number(params.get('at')) : 0,
  };
}

/** The address of a selection; what is as usual is left out. */
export function writeSelection(selection: Selection, usual: string): URLSearchParams {
  const params = new URLSearchParams();
  if (selection.words.trim()) params.set('q', selection.words);
  for (const [facet, values] of Object.entries(selection.chosen)) {
    if (values.length > 0) params.set(facet, values.join(','));
  }
  if (selection.sort !== usual) params.set('sort', selection.sort);
  if (selection.view !== 'list') params.set('view', selection.view);
  if (selection.by) params.set('by', selection.by);
  if (selection.after) {
    params.set('after', selection.after);
    if (selection.at > 0) params.set('at', String(selection.at));
  }
  return params;
}

/** The selection with a value of a facet chosen, or no longer; the list begins anew. */
export function toggle(selection: Selection, facet: string, value: string): Selection {
  const before = selection.chosen[facet] ?? [];
  const values = before.includes(value) ? before.filter((v) => v !== value) : [...before, value];
  return { ...selection, chosen: { ...selection.chosen, [facet]: values }, after: null };
}

/** The selection without what was chosen of a facet: what its own counts go by, so that others of its values can be added. */
export function without(selection: Selection, facet: string): Selection {
  return { ...selection, chosen: { ...selection.chosen, [facet]: [] } };
}

/** The selection sorted by a field; once more turns the direction. */
export function sortBy(selection: Selection, field: string): Selection {
  return { ...selection, sort: selection.sort === field ? `-${field}` : field, after: null };
}

/** The order that a selection asks the graph for; what has no value stands last either way. */
export function orderOf<Field extends string>(selection: Selection): { field: Field; direction: 'ASC' | 'DESC'; nulls: 'LAST' } {
  const descending = selection.sort.startsWith('-');
  // The server refuses a field that is none, with a message for the reader of the address.
  return { field: selection.sort.replace(/^-/, '') as Field, direction: descending ? 'DESC' : 'ASC', nulls: 'LAST' };
}
