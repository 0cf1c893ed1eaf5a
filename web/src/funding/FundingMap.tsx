import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../gql';
import type { FundingGovernoratesQueryVariables } from '../gql/graphql';
import { useAsked, useGraph } from '../graph/useGraph';
import { ErrorNote } from '../look/ErrorNote';
import { Loading } from '../look/Loading';
import { RuleLine } from '../look/Rule';
import { useNames } from '../look/useNames';
import { UnitMap } from '../map/UnitMap';
import { useFormat } from '../shell/format';
import { behind } from './behind';
import { headingOf } from './table';
import type { View } from './view';

const Governorates = graphql(`
  query FundingGovernorates($where: ProjectWhere, $measure: FundingMeasure!, $currency: String!, $from: Date!, $to: Date!) {
    funding(where: $where, by: [GOVERNORATE], measure: $measure, currency: $currency, fromDate: $from, toDate: $to) {
      rule { text locale direction }
      rows: subtotals(by: [GOVERNORATE]) { ...FundingLine }
    }
  }
`);

/** Money by governorate on a map; what is for the whole country stands beside it and is never spread over it. */
export default function FundingMap(props: { view: View; variables: FundingGovernoratesQueryVariables }): ReactNode {
  const { t } = useTranslation('funding');
  const names = useNames();
  const format = useFormat();
  const answer = useGraph(Governorates, props.variables);
  const { data, error, isPlaceholderData, refetch } = answer;
  const view = useAsked(answer, props.view);
  if (error) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  const measure = names('FundingMeasure', view.measure);
  const known = data.funding.rows.filter((row) => row.amount !== null && row.amount !== undefined);
  const lists = new Map(known.map((row) => [row.governorate?.id ?? '', behind(view, [{ dimension: 'GOVERNORATE', headings: [headingOf(row, 'GOVERNORATE')] }])]));
  return (
    <div aria-busy={isPlaceholderData} className={isPlaceholderData ? 'look-before' : undefined}>
      <UnitMap
        title={t('map.title', { measure })}
        figures={{
          values: new Map(known.flatMap((row) => (row.governorate ? [[row.governorate.id, Number(row.amount)]] : []))),
          measure: t('map.measure', { measure, currency: format.currency(view.currency) }),
          shown: (value) => format.number(value / 1e6, 1),
          listOf: (unit) => lists.get(unit) ?? null,
          besides: known.filter((row) => !row.governorate).map((row) => ({ name: t('country'), value: Number(row.amount), list: lists.get('') ?? null })),
        }}
        rule={<RuleLine text={data.funding.rule} />}
      />
    </div>
  );
}
