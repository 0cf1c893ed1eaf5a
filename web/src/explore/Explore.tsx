import { ChartBarBig, LayoutGrid, List, Map as MapIcon } from 'lucide-react';
import { type ReactNode, type Ref, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { WholeDownload } from '../csv/WholeDownload';
import type { RecordState } from '../gql/graphql';
import { ErrorNote } from '../look/ErrorNote';
import { Loading } from '../look/Loading';
import { More } from '../look/More';
import { Switch } from '../look/Switch';
import type { LocalizedTextFields } from '../look/Texted';
import { ViewLink } from '../look/ViewLink';
import { Crumb } from '../shell/Crumb';
import { useFormat } from '../shell/format';
import { usePageTitle } from '../shell/language';
import { Chips, useChips } from './Chips';
import { FacetChart } from './FacetChart';
import { Facets, Words } from './Facets';
import { Kinds } from './Kinds';
import { Nothing } from './Nothing';
import { Cards, Rows } from './Rows';
import type { ListCell } from './cells';
import { type ExploreView, type Selection, readSelection, views, writeSelection } from './selection';
import './explore.css';
import './rows.css';
import './narrow.css';

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
  /** What kind of record it is, said under its title. */
  kind?: string;
  /** Where it stands on the way to publication; said while readers do not see it. */
  state: RecordState;
  /** One cell for each column, as shown and as exported. */
  cells: ListCell[];
}

/** A column beside the title; `sort` is the field of the order behind it. */
export interface Column {
  name: string;
  sort?: string;
  number?: boolean;
  /** The columns that it becomes in a file; one of its own name if absent. */
  parts?: readonly string[];
}

/** A kind of record as a list: what it can be told apart and sorted by, and how a selection of it is read. */
export interface Listing {
  /** Name of the list in the address and in the texts. */
  name: 'agreements' | 'projects' | 'organizations' | 'units';
  facets: readonly string[];
  /** Those of the facets that other pages ask for: shown and lifted as chips, not offered. */
  asked?: readonly string[];
  columns: readonly Column[];
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
  answer: { error: unknown; isFetching: boolean; isPlaceholderData: boolean; refetch: () => unknown };
  page: Page | undefined;
  facets: Record<string, Choice[]> | undefined;
  rows: Row[] | undefined;
  /** How values of facets that are no records are called, by facet. */
  names?: Record<string, (value: string) => string>;
  /** Reads one page of the whole selection, for the file. */
  read: (after: string | null, signal: AbortSignal) => Promise<{ page: Page; rows: Row[] }>;
  /** How many records another selection would have. */
  count: (selection: Selection, signal: AbortSignal) => Promise<number>;
  /** What the drawings in the list mean. */
  legend?: ReactNode;
  /** The same selection as a map, where records have places. */
  map?: ReactNode;
}

/** As many records a page as the server gives at most. */
export const LARGEST_PAGE = 100;

const pictures: Record<ExploreView, typeof List> = { list: List, cards: LayoutGrid, chart: ChartBarBig, map: MapIcon };

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

/** So many records a page. */
export const PAGE = 25;

/** A list of records: words, facets with counts, table, cards, pages, chart, map, and a file of the whole selection. */
export function Explore(props: ExploreProps): ReactNode {
  // The texts of the download come along: fetched once the list stands, they would hide it, and the field that somebody types in.
  const { t } = useTranslation(['explore', 'csv']);
  const { listing, selection, onSelect, answer, page, rows = [] } = props;
  const chips = useChips(selection, props.facets ?? {}, props.names);
  // What was chosen and fits nothing any more stays among the choices, with a zero.
  const facets = Object.fromEntries(
    Object.entries(props.facets ?? {}).map(([facet, choices]) => [
      facet,
      [...choices, ...chips.filter((chip) => chip.facet === facet && !choices.some(({ value }) => value === chip.value)).map(({ value, name }): Choice => ({ value, name, label: name, count: 0 }))],
    ]),
  );
  const offered = views.filter((each) => each !== 'map' || props.map !== undefined);
  // An address may ask for a view that this list does not have.
  const view = offered.find((each) => each === selection.view) ?? 'list';
  const title = t(`${listing.name}.title`);
  usePageTitle(title);
  const listed = view === 'list' || view === 'cards';
  const total = useRef<HTMLParagraphElement>(null);
  // A button that goes away with what it lifts hands the focus on, to what came of it.
  const lift = (next: Selection): void => {
    onSelect(next);
    total.current?.focus();
  };
  return (
    <div className="explore">
      <Crumb>{title}</Crumb>
      <header className="explore-head">
        <div>
          <h1>{title}</h1>
          <p>{t(`${listing.name}.lead`)}</p>
        </div>
        <WholeDownload
          // Another selection is another file: what was under way for the one before stops.
          key={writeSelection({ ...selection, after: null }, listing.usualSort).toString()}
          name={listing.name}
          label={t('export')}
          columns={[t('column.code'), t('column.title'), ...listing.columns.flatMap((column) => (column.parts ?? [column.name]).map((part) => t(`column.${part}`)))]}
          read={async (after, signal) => {
            const read = await props.read(after, signal);
            return {
              total: read.page.totalCount,
              rows: read.rows.map((row) => [row.code, row.title?.text ?? '', ...row.cells.flatMap((cell) => cell.plain)]),
              endCursor: read.page.pageInfo.endCursor ?? null,
              hasNextPage: read.page.pageInfo.hasNextPage,
            };
          }}
          disabled={!page || page.totalCount === 0}
        />
      </header>
      <Kinds here={listing.name} />
      <div className="explore-columns">
        <div className="explore-side">
          <a className="explore-skip" href="#results">
            {t('toResults')}
          </a>
          <Words selection={selection} onSelect={onSelect} label={t(`${listing.name}.search`)} />
          <Facets listing={listing} selection={selection} onSelect={onSelect} facets={facets} />
        </div>
        <section id="results" tabIndex={-1} aria-label={t('results')} aria-busy={answer.isFetching} className={answer.isPlaceholderData ? 'look-before' : undefined}>
          {answer.error !== null && <ErrorNote error={answer.error} onRetry={() => void answer.refetch()} />}
          {!page && answer.error === null && <Waiting />}
          {page && (
            <>
              <div className="explore-bar">
                <Total ref={total} total={page.totalCount} />
                {rows.length > 0 && listed ? <Order listing={listing} selection={selection} onSelect={onSelect} /> : null}
                {rows.length > 0 && (
                  <Switch
                    label={t('views.label')}
                    options={offered.map((value) => ({ value, name: t(`views.${value}`), Picture: pictures[value] }))}
                    chosen={view}
                    onChoose={(next) => onSelect({ ...selection, view: next })}
                  />
                )}
              </div>
              <Chips chips={chips} selection={selection} onSelect={lift} />
              {rows.length === 0 && <Nothing listing={listing} selection={selection} chips={chips} onSelect={lift} count={props.count} />}
              {rows.length > 0 && view === 'chart' && <FacetChart facets={facets} selection={selection} onSelect={onSelect} />}
              {rows.length > 0 && view === 'map' && <div className="explore-card explore-map">{props.map}</div>}
              {rows.length > 0 && listed && (
                <div className={view === 'list' ? 'explore-card' : undefined}>
                  {view === 'list' && <Rows listing={listing} rows={rows} selection={selection} onSelect={onSelect} />}
                  {view === 'cards' && <Cards listing={listing} rows={rows} />}
                  <Pages legend={props.legend} page={page} shown={rows.length} selection={selection} onSelect={onSelect} still={answer.isPlaceholderData} />
                </div>
              )}
              <ViewLink />
            </>
          )}
        </section>
      </div>
    </div>
  );
}

/** The list before it is first read: lines where its rows will be. */
function Waiting(): ReactNode {
  return (
    <div className="explore-card explore-waiting">
      <Loading />
      {Array.from({ length: 8 }, (_, index) => (
        <div key={index} aria-hidden />
      ))}
    </div>
  );
}

function Total(props: { total: number; ref: Ref<HTMLParagraphElement> }): ReactNode {
  const { t } = useTranslation('explore');
  const format = useFormat();
  return (
    <p ref={props.ref} role="status" tabIndex={-1} className="explore-total">
      {t('total', { count: props.total, shown: format.number(props.total) })}
    </p>
  );
}

/** By what the list is sorted: also where the heads of its columns are not to be seen. */
function Order(props: { listing: Listing; selection: Selection; onSelect: (next: Selection) => void }): ReactNode {
  const { t } = useTranslation('explore');
  const { listing, selection, onSelect } = props;
  const fields = [...new Set([listing.usualSort.replace(/^-/, ''), ...listing.sorts])];
  return (
    <label className="explore-order">
      {t('order.label')}{' '}
      <select value={selection.sort} onChange={(event) => onSelect({ ...selection, sort: event.target.value, after: null })}>
        {fields.flatMap((field) => [
          <option key={field} value={field}>
            {t('order.up', { by: t(`order.${field}`) })}
          </option>,
          <option key={`-${field}`} value={`-${field}`}>
            {t('order.down', { by: t(`order.${field}`) })}
          </option>,
        ])}
      </select>
    </label>
  );
}

/** Which of the records are shown, and the ways to the others. */
function Pages(props: { legend: ReactNode; page: Page; shown: number; selection: Selection; onSelect: (next: Selection) => void; /** Whether these are the records of the page before. */ still: boolean }): ReactNode {
  const { t } = useTranslation('explore');
  const format = useFormat();
  const { page, shown, selection, onSelect } = props;
  const before = selection.after === null ? 0 : selection.at;
  return (
    <nav className="explore-pages" aria-label={t('pages')}>
      {props.legend}
      <span>{!props.still && <bdi>{t('range', { from: format.number(before + 1), to: format.number(before + shown), total: format.number(page.totalCount) })}</bdi>}</span>
      {selection.after && (
        <button type="button" className="look-button" onClick={() => onSelect({ ...selection, after: null, at: 0 })}>
          {t('firstPage')}
        </button>
      )}
      {/* The way on from the records of the page before is not the way on from here. */}
      <More page={page.pageInfo} onMore={(after) => !props.still && onSelect({ ...selection, after, at: before + shown })}>
        {t('nextPage')}
      </More>
    </nav>
  );
}
