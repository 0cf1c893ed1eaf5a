import { type SankeyGraph, sankey, sankeyJustify } from 'd3-sankey';
import type { FundingDimension, FundingFlowQuery } from '../gql/graphql';
import { type Heading, headingOf } from './table';

type Answer = FundingFlowQuery['funding'];

/** A funder, sector or governorate of the picture, with its amount. */
export interface FlowNode {
  id: string;
  /** 0 the funder, 1 the sector, 2 the governorate. */
  stage: 0 | 1 | 2;
  /** Null for all that are too small to stand alone. */
  heading: Heading | null;
  /** Those that are too small, or the one that stands here. */
  headings: Heading[];
  amount: number;
}

/** Money between two of them. */
export interface FlowLink {
  source: string;
  target: string;
  value: number;
}

export const stages: readonly [FundingDimension, FundingDimension, FundingDimension] = ['FUNDER', 'SECTOR', 'GOVERNORATE'];

/** The picture shows so many of each stage by themselves, and the rest as one: sectors as there are colours, all governorates with the country level. */
const ALONE = [9, 7, 15] as const;

/** Nodes and links of the picture; balances below zero cannot be drawn and are counted. */
export function flowOf(answer: Answer): { nodes: FlowNode[]; links: FlowLink[]; undrawn: number } {
  const totals = [answer.funders, answer.sectors, answer.governorates] as const;
  const nodes: FlowNode[] = [];
  const nodeOf = new Map<string, string>();
  totals.forEach((lines, index) => {
    const stage = index as FlowNode['stage'];
    const dimension = stages[stage];
    const sorted = [...lines].sort((a, b) => Number(b.amount ?? 0) - Number(a.amount ?? 0));
    // One more that would be the only one of the rest may stand by itself too.
    const alone = sorted.length <= ALONE[stage] + 1 ? sorted.length : ALONE[stage];
    const rest = sorted.slice(alone);
    sorted.slice(0, alone).forEach((line) => {
      const heading = headingOf(line, dimension);
      nodes.push({ id: `${stage} ${heading.key}`, stage, heading, headings: [heading], amount: Number(line.amount ?? 0) });
    });
    sorted.forEach((line, place) => {
      const key = headingOf(line, dimension).key;
      nodeOf.set(`${stage} ${key}`, place < alone ? `${stage} ${key}` : `${stage}`);
    });
    if (rest.length > 0) nodes.push({ id: `${stage}`, stage, heading: null, headings: rest.map((line) => headingOf(line, dimension)), amount: rest.reduce((sum, line) => sum + Number(line.amount ?? 0), 0) });
  });
  const sums = new Map<string, FlowLink>();
  [answer.first, answer.second].forEach((lines, index) => {
    for (const line of lines) {
      const from = stages[index === 0 ? 0 : 1];
      const to = stages[index === 0 ? 1 : 2];
      const source = nodeOf.get(`${index} ${headingOf(line, from).key}`) ?? '';
      const target = nodeOf.get(`${index + 1} ${headingOf(line, to).key}`) ?? '';
      const link = sums.get(`${source}>${target}`) ?? { source, target, value: 0 };
      link.value += Number(line.amount ?? 0);
      sums.set(`${source}>${target}`, link);
    }
  });
  const links = [...sums.values()].sort((a, b) => b.value - a.value);
  return { nodes, links, undrawn: links.filter((link) => link.value < 0).length };
}

/** Where nodes and links lie in a picture of this size; it begins at the left. */
export function layFlow(flow: { nodes: FlowNode[]; links: FlowLink[] }, width: number, height: number): SankeyGraph<FlowNode, FlowLink> {
  const links = flow.links.filter((link) => link.value > 0);
  const used = new Set(links.flatMap((link) => [link.source, link.target]));
  return sankey<FlowNode, FlowLink>()
    .nodeId((node) => node.id)
    .nodeAlign(sankeyJustify)
    .nodeSort(null)
    .nodeWidth(9)
    .nodePadding(13)
    .extent([[0, 6], [width, height - 6]])({ nodes: flow.nodes.filter((node) => used.has(node.id)).map((node) => ({ ...node })), links: links.map((link) => ({ ...link })) });
}
