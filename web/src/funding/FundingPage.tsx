import { ChartBarBig, ChartLine, Download, Map as MapIcon, Table as TableIcon, Waypoints } from 'lucide-react';
import { type ReactNode, Suspense, lazy } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { csvFileName } from '../csv/csv';
import { downloadCsv } from '../csv/download';
import { conditionsOf } from '../explore/projectFilter';
import { graphql } from '../gql';
import { useAsked, useGraph } from '../graph/useGraph';
import { ErrorNote } from '../look/ErrorNote';
import { Loading } from '../look/Loading';
import { Switch } from '../look/Switch';
import { Rates } from '../look/Rates';
import { Rule } from '../look/Rule';
import { ViewLink } from '../look/ViewLink';
import { Crumb } from '../shell/Crumb';
import { useNames } from '../look/useNames';
import { useFormat } from '../shell/format';
import { usePageTitle } from '../shell/language';
import { withParam } from '../shell/withParam';
import { CrossTableView, useHeadingName } from './CrossTableView';
import { Filters } from './Filters';
import { layOut } from './table';
import { type View, columnsFor, currencies, measures, readView, rowDimensions, views } from './view';
import './funding.css';
import './table.css';
import './charts.css';

const Table = graphql(`
  query FundingTable($where: ProjectWhere, $by: [FundingDimension!]!, $rows: [FundingDimension!]!, $columns: [FundingDimension!]!, $measure: FundingMeasure!, $currency: String!, $from: Date!, $to: Date!) {
    funding(where: $where, by: $by, measure: $measure, currency: $currency, fromDate: $from, toDate: $to) {
      rule { text locale direction }
      cells: subtotals(by: $by) { ...FundingLine }
      rowTotals: subtotals(by: $rows) { ...FundingLine }
      columnTotals: subtotals(by: $columns) { ...FundingLine }
      totals { currency amount withoutRate }
      excluded { reason currency amount count }
      rates { currency inCurrency source lowest highest }
    }
  }

  fragment FundingLine on FundingSubtotal {
    year quarter status amount
    sector { id code name { text locale direction } }
    category { id code name { text locale direction } }
    sdg { id code name { text locale direction } }
    marker { id code name { text locale direction } }
    financeType { id code name { text locale direction } }
    governorate { id name { text locale direction } }
    district { id name { text locale direction } }
    funder { id name { text locale direction } }
    implementer { id name { text locale direction } }
    agreement { id name: title { text locale direction } }
  }
`);

const FEW = 15;

// Drawings come with their own code, when somebody first asks for one.
const Charts = lazy(() => import('./Charts'));
const Flow = lazy(() => import('./Flow'));
const FundingMap = lazy(() => import('./FundingMap'));

const pictures: Record<View['show'], typeof TableIcon> = { table: TableIcon, bars: ChartBarBig, lines: ChartLine, flow: Waypoints, map: MapIcon };

/** Where the money comes from and where it goes: a cross-table with its counting rule, what it leaves out, and its exchange rates. */
export default function FundingPage(): ReactNode {
  const { t } = useTranslation('funding');
  const names = useNames();
  const format = useFormat();
  const nameOf = useHeadingName();
  const [params, setParams] = useSearchParams();
  const all = params.get('all') !== null;
  const choose = (name: string, value: string | null): void =>
    setParams((before) => withParam(before, name, value), { preventScrollReset: true });
  usePageTitle(t('title'));
  const view = readView(params, new Date().getFullYear());
  const only = conditionsOf(view.only);
  const counted = {
    ...(only.length > 0 ? { where: { and: only } } : {}),
    measure: view.measure,
    currency: view.currency,
    from: `${view.from}-01-01`,
    to: `${view.to}-12-31`,
  };
  const read = useGraph(Table, { ...counted, by: [view.rows, view.columns], rows: [view.rows], columns: [view.columns] });
  const { data, error, isPlaceholderData, refetch } = read;
  // Figures that stay while others are added up keep their own words, unit and lists.
  const asked = useAsked(read, view);
  const answer = data?.funding;
  const table = answer && layOut(answer, asked.rows, asked.columns);
  const shown = table && (all ? table : { ...table, rows: table.rows.slice(0, FEW) });
  const total = answer?.totals[0];
  const withoutRate = answer?.totals.reduce((sum, each) => sum + each.withoutRate, 0) ?? 0;
  const save = (): void => {
    if (!table) return;
    downloadCsv(
      csvFileName('funding'),
      [names('FundingDimension', asked.rows), ...table.columns.map((column) => nameOf(column.heading, asked.columns)), t('total')],
      table.rows.map((row) => [nameOf(row.heading, asked.rows), ...table.columns.map((column) => table.cell(row, column) ?? null), row.total]),
    );
  };
  return (
    <div className="funding">
      <Crumb>{t('crumb')}</Crumb>
      <header className="funding-head">
        <div>
          <h1>{t('title')}</h1>
          <p>{t('lead')}</p>
        </div>
        <button type="button" className="look-button" onClick={save} disabled={!table || table.rows.length === 0 || isPlaceholderData}>
          <Download aria-hidden size={16} /> {t('save')}
        </button>
      </header>
      <div className="funding-card funding-controls">
        <Controls view={view} onChange={choose} />
        <Switch
          label={t('views.label')}
          options={views.map((value) => ({ value, name: t(`views.${value}`), Picture: pictures[value] }))}
          chosen={view.show}
          onChoose={(next) => choose('view', next === 'table' ? null : next)}
        />
        <Filters only={view.only} onChange={choose} />
      </div>
      {error && <ErrorNote error={error} onRetry={() => void refetch()} />}
      {!table && !error && <Loading />}
      {answer && table && (
        <div className={isPlaceholderData ? 'funding-columns look-before' : 'funding-columns'} aria-busy={isPlaceholderData}>
          <section className="funding-card">
            {/* Map and flow are answers of their own, and bear their own titles. */}
            {asked.show !== 'map' && asked.show !== 'flow' && <h2>{t('heading', { measure: names('FundingMeasure', asked.measure), rows: names('FundingDimension', asked.rows), columns: names('FundingDimension', asked.columns) })}</h2>}
            {table.rows.length === 0 && <p className="funding-none">{t('none')}</p>}
            {shown && shown.rows.length > 0 && (
              <Suspense fallback={<Loading />}>
                {asked.show === 'table' && <CrossTableView table={shown} view={asked} total={total?.amount ?? null} />}
                {asked.show === 'flow' && <Flow view={view} variables={counted} />}
                {asked.show === 'map' && <FundingMap view={view} variables={counted} />}
                {(asked.show === 'bars' || asked.show === 'lines') && (
                  <>
                    <p className="funding-unit">{t('chart.unit', { currency: format.currency(asked.currency) })}</p>
                    <Charts table={asked.show === 'lines' ? table : shown} view={asked} />
                    <details className="funding-as-table">
                      <summary>{t('chart.asTable')}</summary>
                      <CrossTableView table={table} view={asked} total={total?.amount ?? null} />
                    </details>
                  </>
                )}
              </Suspense>
            )}
            {table.rows.length > FEW && (asked.show === 'table' || asked.show === 'bars') && (
              <button type="button" className="look-button" onClick={() => choose('all', all ? null : '1')} aria-expanded={all}>
                {all ? t('few') : t('all', { count: table.rows.length, shown: format.number(table.rows.length) })}
              </button>
            )}
          </section>
          <aside>
            <section className="funding-card">
              <h2>{t('how')}</h2>
              <p className="funding-total">{total?.amount === null ? t('unknown') : format.moneyShort(total?.amount ?? 0, asked.currency)}</p>
              <Rule text={answer.rule} />
              {withoutRate > 0 && <p>{t('withoutRate', { count: withoutRate, shown: format.number(withoutRate) })}</p>}
            </section>
          </aside>
          <div className="funding-notes">
            <section className="funding-card">
              <h2>{t('excluded')}</h2>
              {answer.excluded.length === 0 && <p className="funding-none">{t('nothing')}</p>}
              <dl>
                {[...new Set(answer.excluded.map(({ reason }) => reason))].map((reason) => (
                  <div key={reason}>
                    <dt>{names('FundingExclusionReason', reason)}</dt>
                    {answer.excluded
                      .filter((left) => left.reason === reason)
                      .map((left) => (
                        <dd key={left.currency} title={t('amounts', { count: left.count, shown: format.number(left.count) })}>
                          {format.moneyShort(left.amount, left.currency)}
                        </dd>
                      ))}
                  </div>
                ))}
              </dl>
            </section>
            {answer.rates.length > 0 && (
              <section className="funding-card">
                <h2>{t('rates')}</h2>
                <Rates rates={answer.rates} />
              </section>
            )}
          </div>
        </div>
      )}
      <ViewLink />
    </div>
  );
}

/** What is counted, by what, when, and in which currency. */
function Controls(props: { view: View; onChange: (name: string, value: string) => void }): ReactNode {
  const { t } = useTranslation('funding');
  const names = useNames();
  const format = useFormat();
  const { view } = props;
  const thisYear = new Date().getFullYear();
  const years = Array.from({ length: 20 }, (_, index) => String(thisYear - index));
  const choices: [string, string, readonly string[], (value: string) => string][] = [
    ['measure', view.measure, measures, (value) => names('FundingMeasure', value)],
    ['rows', view.rows, rowDimensions, (value) => names('FundingDimension', value)],
    ['columns', view.columns, columnsFor(view.show, view.rows), (value) => names('FundingDimension', value)],
    ['from', String(view.from), years, format.year],
    ['to', String(view.to), years, format.year],
    ['currency', view.currency, currencies, format.currency],
  ];
  return (
    <>
      {choices.map(([name, chosen, values, label]) => (
        <label key={name}>
          {t(`control.${name}`)}
          <select value={chosen} onChange={(event) => props.onChange(name, event.target.value)}>
            {(values.includes(chosen) ? values : [chosen, ...values]).map((value) => (
              <option key={value} value={value}>
                {label(value)}
              </option>
            ))}
          </select>
        </label>
      ))}
    </>
  );
}
