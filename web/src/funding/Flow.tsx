import { sankeyLinkHorizontal } from 'd3-sankey';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../gql';
import type { FundingFlowQueryVariables } from '../gql/graphql';
import { useAsked, useGraph } from '../graph/useGraph';
import { ErrorNote } from '../look/ErrorNote';
import { Loading } from '../look/Loading';
import { useNames } from '../look/useNames';
import { To } from '../shell/To';
import { useFormat } from '../shell/format';
import { useLanguage } from '../shell/language';
import { useHeadingName } from './CrossTableView';
import { behind } from './behind';
import { type FlowNode, flowOf, layFlow, stages } from './flow';
import { cutNames, widthOf } from './names';
import type { View } from './view';

const FlowTable = graphql(`
  query FundingFlow($where: ProjectWhere, $measure: FundingMeasure!, $currency: String!, $from: Date!, $to: Date!) {
    funding(where: $where, by: [FUNDER, SECTOR, GOVERNORATE], measure: $measure, currency: $currency, fromDate: $from, toDate: $to) {
      first: subtotals(by: [FUNDER, SECTOR]) { ...FundingLine }
      second: subtotals(by: [SECTOR, GOVERNORATE]) { ...FundingLine }
      funders: subtotals(by: [FUNDER]) { ...FundingLine }
      sectors: subtotals(by: [SECTOR]) { ...FundingLine }
      governorates: subtotals(by: [GOVERNORATE]) { ...FundingLine }
    }
  }
`);

const WIDTH = 960;
const HEIGHT = 600;
/** Room for names on either side. */
const NAMES = 228;

/** Money from funders through sectors to governorates; it flows from the reading edge. Every part opens the projects behind it. */
export default function Flow(props: { view: View; variables: FundingFlowQueryVariables }): ReactNode {
  const { t } = useTranslation('funding');
  const format = useFormat();
  const names = useNames();
  const nameOf = useHeadingName();
  const { dir } = useLanguage();
  const answer = useGraph(FlowTable, props.variables);
  const { data, error, isPlaceholderData, refetch } = answer;
  const view = useAsked(answer, props.view);
  if (error) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  const flow = flowOf(data.funding);
  if (flow.links.every((link) => link.value <= 0)) return <p className="funding-none">{t('none')}</p>;
  const { nodes, links } = layFlow(flow, WIDTH - 2 * NAMES, HEIGHT);
  const rightToLeft = dir === 'rtl';
  const across = (x: number): number => (rightToLeft ? WIDTH - NAMES - x : NAMES + x);
  const millions = (amount: number): string => format.fixed(amount / 1e6, 1);
  const called = (node: FlowNode): string => (node.heading ? nameOf(node.heading, stages[node.stage]) : t('other'));
  const list = (...parts: FlowNode[]): string | null =>
    behind(view, parts.map((node) => ({ dimension: stages[node.stage], headings: node.headings })));
  const path = sankeyLinkHorizontal<FlowNode, { source: string; target: string; value: number }>();
  // Sectors carry the colours: each link is that of the sector it enters or leaves.
  const colourOf = new Map(nodes.filter((node) => node.stage === 1).map((node, index) => [node.id, node.heading ? (index % 7) + 1 : 8]));
  // Beside a name stands its amount; those of the ends have the margins, those of the sectors a ground of their own.
  const shown = new Map(
    [0, 1, 2].flatMap((stage) => {
      const column = nodes.filter((node) => node.stage === stage);
      return cutNames(column.map(called), stage === 1 ? 170 : NAMES - 60).map((name, at) => [column[at]?.id ?? '', name] as const);
    }),
  );
  const byId = new Map(flow.nodes.map((node) => [node.id, node]));
  return (
    <div aria-busy={isPlaceholderData} className={isPlaceholderData ? 'funding-drawn look-before' : 'funding-drawn'}>
      <h2>{t('chart.flowTitle', { measure: names('FundingMeasure', view.measure) })}</h2>
      <div className="funding-scroll" role="region" aria-label={t('chart.flow')} tabIndex={0}>
        <svg className="funding-flow" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} direction={dir} aria-hidden>
          <g fill="none" transform={rightToLeft ? `translate(${WIDTH - NAMES} 0) scale(-1 1)` : `translate(${NAMES} 0)`}>
            {links.map((link) => {
              const source = link.source as FlowNode;
              const target = link.target as FlowNode;
              const title = `${called(source)} ← ${called(target)}`;
              const shape = (
                <path d={path(link) ?? ''} strokeWidth={Math.max(1, link.width ?? 0)} className={`funding-link funding-stroke-${colourOf.get(source.stage === 1 ? source.id : target.id)}`}>
                  <title>{`${rightToLeft ? title : title.replace('←', '→')}: ${millions(link.value)}`}</title>
                </path>
              );
              const to = list(source, target);
              return to ? <To key={`${source.id}>${target.id}`} to={to} tabIndex={-1}>{shape}</To> : <g key={`${source.id}>${target.id}`}>{shape}</g>;
            })}
          </g>
          {nodes.map((node) => {
            const { x0 = 0, x1 = 0, y0 = 0, y1 = 0 } = node;
            const to = list(node);
            const start = Math.min(across(x0), across(x1));
            const middle = (y0 + y1) / 2;
            // Names of the ends stand outside, those of the sectors on a ground of their own upon the bar.
            const wide = widthOf(`${shown.get(node.id)} ${millions(node.amount)}`) + 22;
            const pill = { x: (across(x0) + across(x1) - wide) / 2, width: wide };
            const outward = node.stage === 0 ? across(x0) + (rightToLeft ? 10 : -10) : across(x1) + (rightToLeft ? -10 : 10);
            const drawn = (
              <>
                <rect x={start} y={y0} width={x1 - x0} height={Math.max(1, y1 - y0)} className={node.stage === 1 ? `funding-fill-${colourOf.get(node.id)}` : 'funding-node'} />
                {node.stage === 1 && <rect x={pill.x} y={middle - 11} width={pill.width} height={22} rx={11} className={`funding-pill funding-stroke-${colourOf.get(node.id)}`} />}
                <text x={node.stage === 1 ? pill.x + pill.width / 2 : outward} y={middle} dy="0.35em" textAnchor={node.stage === 1 ? 'middle' : node.stage === 0 ? 'end' : 'start'} className="funding-name">
                  <title>{called(node)}</title>
                  {shown.get(node.id)} <tspan className="funding-name-amount">{millions(node.amount)}</tspan>
                </text>
              </>
            );
            return to ? <To key={node.id} to={to} tabIndex={-1}>{drawn}</To> : <g key={node.id}>{drawn}</g>;
          })}
        </svg>
      </div>
      {flow.undrawn > 0 && <p className="funding-none">{t('chart.negative', { count: flow.undrawn, shown: format.number(flow.undrawn) })}</p>}
      <details className="funding-as-table">
        <summary>{t('chart.asTable')}</summary>
        <div className="funding-scroll" role="region" aria-label={t('table')} tabIndex={0}>
          <table>
            <caption>{t('chart.unit', { currency: format.currency(view.currency) })}</caption>
            <thead>
              <tr>
                <th scope="col">{t('chart.from')}</th>
                <th scope="col">{t('chart.to')}</th>
                <th scope="col">{names('FundingMeasure', view.measure)}</th>
              </tr>
            </thead>
            <tbody>
              {flow.links.map((link) => {
                const source = byId.get(link.source);
                const target = byId.get(link.target);
                if (!source || !target) return null;
                const to = list(source, target);
                return (
                  <tr key={`${link.source}>${link.target}`}>
                    <th scope="row">{called(source)}</th>
                    <td className="funding-word">{called(target)}</td>
                    <td>{to ? <To to={to}>{millions(link.value)}</To> : millions(link.value)}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      </details>
    </div>
  );
}
