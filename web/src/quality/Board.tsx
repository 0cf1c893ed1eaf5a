import { CircleSlash, Clock, type LucideIcon, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { graphql } from '../gql';
import type { QualityBoardQuery, QualityCategory } from '../gql/graphql';
import { DERIVED_MS, useGraph } from '../graph/useGraph';
import { ErrorNote } from '../look/ErrorNote';
import { Loading } from '../look/Loading';
import { Switch } from '../look/Switch';
import { type LocalizedTextFields, Texted } from '../look/Texted';
import { To } from '../shell/To';
import { useFormat } from '../shell/format';
import { withParam } from '../shell/withParam';
import type { Rule } from './QualityPage';
import { type Choice, NONE, listOf } from './choice';

const Counts = graphql(`
  query QualityBoard($by: QualityDimension!) {
    qualityCounts(by: $by) { rule count owner { id code name { text locale direction } } funder { id code name { text locale direction } } }
  }
`);

type Count = QualityBoardQuery['qualityCounts'][number];

const categories: readonly QualityCategory[] = ['CONTRADICTORY', 'OVERDUE', 'MISSING'];
const glyphs: Record<QualityCategory, LucideIcon> = { CONTRADICTORY: TriangleAlert, OVERDUE: Clock, MISSING: CircleSlash };
/** As many units, or funders, as a table shows; what is behind the others is in the totals. */
const SHOWN = { owner: 6, funder: 40 } as const;

/** Units or funders with what they break, those with the most first. */
interface Column {
  id: string;
  name: LocalizedTextFields | null | undefined;
  code: string | null;
  count: number;
  byRule: Map<string, number>;
}

function columnsOf(counts: readonly Count[], by: 'owner' | 'funder'): Column[] {
  const columns = new Map<string, Column>();
  for (const count of counts) {
    const record = count[by];
    const id = record?.id ?? NONE;
    const column = columns.get(id) ?? { id, name: record?.name, code: record?.code ?? null, count: 0, byRule: new Map<string, number>() };
    columns.set(id, column);
    column.count += count.count;
    column.byRule.set(count.rule, (column.byRule.get(count.rule) ?? 0) + count.count);
  }
  return [...columns.values()].sort((a, b) => b.count - a.count);
}

/** How many records break which rule, by unit of the ministry or by funder; each number opens its list. */
export function Board(props: { rules: readonly Rule[] }): ReactNode {
  const { t } = useTranslation(['quality', 'desk']);
  const format = useFormat();
  const [params, setParams] = useSearchParams();
  const by = params.get('by') === 'FUNDER' ? 'funder' : 'owner';
  // The counts by the one are none by the other: read so, they would all be without a funder.
  const { data, error, isFetching, refetch } = useGraph(Counts, { by: by === 'funder' ? 'FUNDER' : 'OWNER' }, { stays: () => false, refetchInterval: DERIVED_MS });
  const total = (category: QualityCategory): number => props.rules.filter((rule) => rule.category === category).reduce((sum, rule) => sum + rule.count, 0);
  return (
    <>
      <header className="desk-head">
        <h1>{t('desk:menu.quality')}</h1>
        <span>{t('lead')}</span>
      </header>
      <ul className="desk-sum">
        {categories.map((category) => {
          const Glyph = glyphs[category];
          return (
            <li key={category} className={category === 'CONTRADICTORY' && total(category) > 0 ? 'desk-hot' : undefined}>
              <To to={listOf({ category })}>
                <b>{format.number(total(category))}</b> <Glyph aria-hidden size={14} /> {t(`category.${category}`)}
              </To>
            </li>
          );
        })}
      </ul>
      <p>
        <Switch
          label={t('by')}
          options={[
            { value: 'owner', name: t('byOwner') },
            { value: 'funder', name: t('byFunder') },
          ]}
          chosen={by}
          onChoose={(next) => setParams((before) => withParam(before, 'by', next === 'funder' ? 'FUNDER' : null))}
        />
      </p>
      {error && <ErrorNote error={error} onRetry={() => void refetch()} />}
      {!error && !data && <Loading />}
      {data && props.rules.every((rule) => rule.count === 0) && <p className="desk-none">{t('allGood')}</p>}
      {data && (
        <div className="quality-scroll" role="region" aria-label={t(by === 'owner' ? 'byOwner' : 'byFunder')} tabIndex={0} aria-busy={isFetching}>
          {by === 'owner' ? <ByOwner rules={props.rules} columns={columnsOf(data.qualityCounts, 'owner')} /> : <ByFunder rules={props.rules} funders={columnsOf(data.qualityCounts, 'funder')} />}
        </div>
      )}
    </>
  );
}

/** A number that opens the list behind it. */
function Number(props: { count: number; choice: Partial<Choice> }): ReactNode {
  const format = useFormat();
  return props.count === 0 ? format.number(0) : <To to={listOf(props.choice)}>{format.number(props.count)}</To>;
}

function ByOwner(props: { rules: readonly Rule[]; columns: Column[] }): ReactNode {
  const { t } = useTranslation(['quality', 'desk']);
  const shown = props.columns.slice(0, SHOWN.owner);
  return (
    <table className="quality-table">
      <thead>
        <tr>
          <th scope="col">{t('rule')}</th>
          <th scope="col">{t('total')}</th>
          {shown.map((column) => (
            <th key={column.id} scope="col">
              {column.id === NONE ? t('noOwner') : <Texted text={column.name} fallback={column.code} />}
            </th>
          ))}
        </tr>
      </thead>
      {categories.map((category) => (
        <tbody key={category}>
          <tr>
            <th scope="rowgroup" colSpan={2 + shown.length} className={`quality-category quality-${category}`}>
              {t(`category.${category}`)}
            </th>
          </tr>
          {props.rules
            .filter((rule) => rule.category === category && rule.count > 0)
            .sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity) || b.count - a.count)
            .map((rule) => (
              <tr key={rule.code}>
                <th scope="row">
                  <Texted text={rule.title} fallback={rule.code} />
                  <small>
                    {t(`desk:record.${rule.subjectKind}`)} · {t(`severity.${rule.severity}`)} · <Texted text={rule.description} />
                  </small>
                </th>
                <td>
                  <Number count={rule.count} choice={{ rule: rule.code }} />
                </td>
                {shown.map((column) => (
                  <td key={column.id}>
                    <Number count={column.byRule.get(rule.code) ?? 0} choice={{ rule: rule.code, owner: column.id }} />
                  </td>
                ))}
              </tr>
            ))}
        </tbody>
      ))}
    </table>
  );
}

const severities = ['HIGH', 'MEDIUM', 'LOW'];

function ByFunder(props: { rules: readonly Rule[]; funders: Column[] }): ReactNode {
  const { t } = useTranslation('quality');
  const format = useFormat();
  const sum = (funder: Column, category: QualityCategory): number => props.rules.filter((rule) => rule.category === category).reduce((total, rule) => total + (funder.byRule.get(rule.code) ?? 0), 0);
  const shown = props.funders.slice(0, SHOWN.funder);
  return (
    <>
      <table className="quality-table">
        <thead>
          <tr>
            <th scope="col">{t('funder')}</th>
            <th scope="col">{t('total')}</th>
            {categories.map((category) => (
              <th key={category} scope="col">
                {t(`category.${category}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((funder) => (
            <tr key={funder.id}>
              <th scope="row">{funder.id === NONE ? t('noFunder') : <Texted text={funder.name} fallback={funder.code} />}</th>
              <td>
                <Number count={funder.count} choice={{ funder: funder.id }} />
              </td>
              {categories.map((category) => (
                <td key={category}>
                  <Number count={sum(funder, category)} choice={{ funder: funder.id, category }} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="desk-none">
        {t('funderRule')} {props.funders.length > shown.length && t('cut', { shown: format.number(shown.length), total: format.number(props.funders.length) })}
      </p>
    </>
  );
}
