import { ChartBarBig, List, Map as MapIcon, X } from 'lucide-react';
import { type ChangeEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { WholeDownload } from '../csv/WholeDownload';
import { ErrorNote } from '../look/ErrorNote';
import { Loading } from '../look/Loading';
import { More } from '../look/More';
import { Switch } from '../look/Switch';
import { type LocalizedTextFields, Texted } from '../look/Texted';
import { To } from '../shell/To';
import { useFormat } from '../shell/format';
import { usePageTitle } from '../shell/language';
import { FacetChart } from './FacetChart';
import type { ListCell } from './cells';
import { NOT_STATED } from './projectFilter';
import { type ExploreView, type Selection, readSelection, sortBy, toggle, views, writeSelection } from './selection';
import './explore.css';

/** A value that records of a selection can be told apart by, with its count. */
export interface Choice {
  value: string;
  label: ReactNode;
  /** The label as plain text, for the chip and for readers of the page. */
  name: string;
  count: number;
}

/** One record of a list. */
export interface Row {
  id: string;
  to: string;
  title: LocalizedTextFields | null | undefined;
  code: string;
  /** One cell for each column, as shown and as exported. */
  cells: ListCell[];
}

/** A page of a list, with the counts of its facets. */
export interface Shown {
  total: number;
  rows: Row[];
  endCursor: string | null;
  hasNextPage: boolean;
  facets: Record<string, Choice[]>;
}

/** A kind of record as a list: what it can be told apart and sorted by, and how a selection of it is read. */
export interface Listing {
  /** Name of the list in the address and in the texts. */
  name: 'agreements' | 'projects' | 'organizations' | 'units';
  facets: readonly string[];
  /** Those of the facets that other pages ask for: shown and lifted as chips, not offered. */
  asked?: readonly string[];
  /** Columns beside the title; `sort` is the field of the order behind it. */
  columns: readonly { name: string; sort?: string; number?: boolean }[];
  sorts: readonly string[];
  usualSort: string;
}

/** A page of the list as the graph gives it. */
interface Page {
  totalCount: number;
  pageInfo: { endCursor?: string | null; hasNextPage: boolean };
}

/** A list and what was read of it; page, facets and rows come together, or are still on their way. */
interface ExploreProps {
  listing: Listing;
  selection: Selection;
  onSelect: (next: Selection) => void;
  answer: { error: unknown; isFetching: boolean; refetch: () => unknown };
  page: Page | undefined;
  facets: Record<string, Choice[]> | undefined;
  rows: Row[] | undefined;
  /** Reads one page of the whole selection, for the file. */
  read: (after: string | null, signal: AbortSignal) => Promise<{ page: Page; rows: Row[] }>;
  /** The same selection as a map, where records have places. */
  map?: ReactNode;
}

/** As many records a page as the server gives at most. */
export const LARGEST_PAGE = 100;

const pictures: Record<ExploreView, typeof List> = { list: List, chart: ChartBarBig, map: MapIcon };

/** The selection in the address of the page, and how to change it. */
export function useSelection(listing: Listing): [Selection, (next: Selection) => void] {
  const [params, setParams] = useSearchParams();
  // The address follows as a transition; until then the choice stands here, or a ticked box would spring back.
  const [ahead, setAhead] = useState<Selection | null>(null);
  useEffect(() => setAhead(null), [params]);
  const select = (next: Selection): void => {
    setAhead(next);
    setParams(writeSelection(next, listing.usualSort), { preventScrollReset: next.after === null });
  };
  return [ahead ?? readSelection(params, listing.facets, listing.sorts, listing.usualSort), select];
}

/** A list of records: words, facets with counts, sortable table, pages, chart, and a file of the whole selection. */
export function Explore(props: ExploreProps): ReactNode {
  // The texts of the download come along: fetched once the list stands, they would hide it, and the field that somebody types in.
  const { t } = useTranslation(['explore', 'csv']);
  const format = useFormat();
  const { listing, selection, onSelect, answer, page, facets = {}, rows = [] } = props;
  const shown: Shown | null = page ? { total: page.totalCount, endCursor: page.pageInfo.endCursor ?? null, hasNextPage: page.pageInfo.hasNextPage, facets, rows } : null;
  const offered = views.filter((each) => each !== 'map' || props.map !== undefined);
  // An address may ask for a view that this list does not have.
  const view = offered.find((each) => each === selection.view) ?? 'list';
  const title = t(`${listing.name}.title`);
  usePageTitle(title);
  return (
    <div className="explore">
      <header className="explore-head">
        <h1>{title}</h1>
        <p>{t(`${listing.name}.lead`)}</p>
        <Words selection={selection} onSelect={onSelect} label={t(`${listing.name}.search`)} />
      </header>
      <div className="explore-columns">
        <Facets listing={listing} selection={selection} onSelect={onSelect} facets={facets} />
        <section aria-label={t('results')} aria-busy={answer.isFetching} className={answer.isFetching ? 'explore-fetching' : undefined}>
          <Chips selection={selection} onSelect={onSelect} facets={facets} />
          {answer.error !== null && <ErrorNote error={answer.error} onRetry={() => void answer.refetch()} />}
          {!shown && answer.error === null && <Loading />}
          {shown && (
            <>
              <div className="explore-bar">
                <p role="status">{t('total', { count: shown.total, shown: format.number(shown.total) })}</p>
                <WholeDownload
                  // Another selection is another file: what was under way for the one before stops.
                  key={writeSelection({ ...selection, after: null }, listing.usualSort).toString()}
                  name={listing.name}
                  label={t('export')}
                  columns={[t('column.code'), t('column.title'), ...listing.columns.map((column) => t(`column.${column.name}`))]}
                  read={async (after, signal) => {
                    const read = await props.read(after, signal);
                    return {
                      total: read.page.totalCount,
                      rows: read.rows.map((row) => [row.code, row.title?.text ?? '', ...row.cells.map((cell) => cell.plain)]),
                      endCursor: read.page.pageInfo.endCursor ?? null,
                      hasNextPage: read.page.pageInfo.hasNextPage,
                    };
                  }}
                  disabled={shown.rows.length === 0}
                />
                <Switch
                  label={t('views.label')}
                  options={offered.map((value) => ({ value, name: t(`views.${value}`), Picture: pictures[value] }))}
                  chosen={view}
                  onChoose={(next) => onSelect({ ...selection, view: next })}
                />
              </div>
              {shown.rows.length === 0 && <p className="explore-empty">{t('empty')}</p>}
              {shown.rows.length > 0 && view === 'chart' && <FacetChart facets={facets} selection={selection} onSelect={onSelect} />}
              {view === 'map' && props.map}
              {shown.rows.length > 0 && view === 'list' && <Rows listing={listing} selection={selection} onSelect={onSelect} shown={shown} />}
              <nav className="explore-pages" aria-label={t('pages')} hidden={view !== 'list'}>
                {selection.after && (
                  <button type="button" className="look-button" onClick={() => onSelect({ ...selection, after: null })}>
                    {t('firstPage')}
                  </button>
                )}
                <More page={shown} onMore={(after) => onSelect({ ...selection, after })}>
                  {t('nextPage')}
                </More>
              </nav>
            </>
          )}
        </section>
      </div>
    </div>
  );
}

/** The field for words: the list follows as one types, a moment behind. */
/** So long after the last letter somebody may still be typing. */
const TYPING_MS = 2000;

function Words(props: { selection: Selection; onSelect: (next: Selection) => void; label: string }): ReactNode {
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

function Facets(props: { listing: Listing; selection: Selection; onSelect: (next: Selection) => void; facets: Record<string, Choice[]> }): ReactNode {
  const { t } = useTranslation('explore');
  // On a wide screen the facets stand open beside the list; on a narrow one they are a sheet that opens when asked for.
  const [open, setOpen] = useState(() => matchMedia('(min-width: 761px)').matches);
  return (
    <details className="explore-facets" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('facets')}</summary>
      {props.listing.facets.filter((facet) => !props.listing.asked?.includes(facet)).map((facet) => (
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
  if (props.choices.length === 0) return null;
  const largest = Math.max(...props.choices.map((choice) => choice.count));
  const shown = all ? props.choices : props.choices.filter((choice, index) => index < FEW || props.chosen.includes(choice.value));
  return (
    <fieldset>
      <legend>{t(`facet.${props.name}`)}</legend>
      {shown.map((choice) => (
        <div key={choice.value} className="explore-choice">
          <input type="checkbox" id={`${id}${choice.value}`} checked={props.chosen.includes(choice.value)} onChange={() => props.onToggle(choice.value)} />
          <label htmlFor={`${id}${choice.value}`}>{choice.label}</label>
          <span>{format.number(choice.count)}</span>
          <progress aria-hidden className="look-bar" max={largest} value={choice.count} />
        </div>
      ))}
      {props.choices.length > FEW && (
        <button type="button" className="explore-more" onClick={() => setAll(!all)} aria-expanded={all}>
          {t(all ? 'fewer' : 'more')}
        </button>
      )}
    </fieldset>
  );
}

function Chips(props: { selection: Selection; onSelect: (next: Selection) => void; facets: Record<string, Choice[]> }): ReactNode {
  const { t } = useTranslation('explore');
  const { selection, onSelect } = props;
  const chips = Object.entries(selection.chosen).flatMap(([facet, values]) =>
    values.map((value) => ({ facet, value, name: props.facets[facet]?.find((choice) => choice.value === value)?.name ?? (value === NOT_STATED ? t('facet.notStated') : value) })),
  );
  if (chips.length === 0) return null;
  return (
    <ul className="explore-chips">
      {chips.map((chip) => (
        <li key={chip.facet + chip.value}>
          <span>{t(`facet.${chip.facet}`)}</span> {chip.name}
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

function Rows(props: { listing: Listing; selection: Selection; onSelect: (next: Selection) => void; shown: Shown }): ReactNode {
  const { t } = useTranslation('explore');
  const { listing, selection, onSelect } = props;
  const head = (column: { name: string; sort?: string; number?: boolean }): ReactNode => {
    const sorted = column.sort !== undefined && selection.sort.replace(/^-/, '') === column.sort;
    const descending = selection.sort.startsWith('-');
    return (
      <th key={column.name} scope="col" className={column.number ? 'explore-number' : undefined} aria-sort={sorted ? (descending ? 'descending' : 'ascending') : undefined}>
        {column.sort === undefined ? (
          t(`column.${column.name}`)
        ) : (
          <button type="button" onClick={() => onSelect(sortBy(selection, column.sort ?? ''))}>
            {t(`column.${column.name}`)} {sorted && <span aria-hidden>{descending ? '↓' : '↑'}</span>}
          </button>
        )}
      </th>
    );
  };
  return (
    <table className="explore-table">
      <thead>
        <tr>
          {head({ name: 'title', sort: listing.name === 'units' ? 'PCODE' : 'CODE' })}
          {listing.columns.map(head)}
        </tr>
      </thead>
      <tbody>
        {props.shown.rows.map((row) => (
          <tr key={row.id}>
            <th scope="row">
              <To to={row.to}>
                <Texted text={row.title} fallback={row.code} />
              </To>
              <bdi dir="ltr">{row.code}</bdi>
            </th>
            {listing.columns.map((column, index) => (
              <td key={column.name} className={column.number ? 'explore-number' : undefined} data-label={t(`column.${column.name}`)}>
                {row.cells[index]?.shown}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
