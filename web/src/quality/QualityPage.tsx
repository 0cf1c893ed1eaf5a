import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { graphql } from '../gql';
import type { QualityRulesQuery } from '../gql/graphql';
import { DERIVED_MS, useGraph } from '../graph/useGraph';
import { ErrorNote } from '../look/ErrorNote';
import { Loading } from '../look/Loading';
import { usePageTitle } from '../shell/language';
import { Board } from './Board';
import { FindingList } from './FindingList';
import { choiceOf, isChosen } from './choice';
import './quality.css';

const Rules = graphql(`
  query QualityRules {
    qualityRules { code subjectKind category severity field count title { text locale direction } description { text locale direction } }
  }
`);

/** A rule that good records keep. */
export type Rule = QualityRulesQuery['qualityRules'][number];

/** The quality of the records: a board of what breaks which rule, and behind each number the list of records. */
export default function QualityPage(): ReactNode {
  const { t } = useTranslation(['quality', 'desk']);
  const [params] = useSearchParams();
  usePageTitle(t('desk:menu.quality'));
  const { data, error, refetch } = useGraph(Rules, {}, { refetchInterval: DERIVED_MS });
  // What was counted before stays when the connection is lost; the table beneath tells of it.
  if (error && !data) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  const choice = choiceOf(params);
  return <section className="desk-list quality">{isChosen(choice) ? <FindingList rules={data.qualityRules} choice={choice} /> : <Board rules={data.qualityRules} />}</section>;
}
