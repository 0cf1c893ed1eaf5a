import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { step } from '../desk/walk';
import { formOf, pages } from '../edit/kinds';
import { graphql } from '../gql';
import type { QualityFindingsQuery } from '../gql/graphql';
import { DERIVED_MS, useGraph } from '../graph/useGraph';
import { ErrorNote } from '../look/ErrorNote';
import { Loading } from '../look/Loading';
import { More } from '../look/More';
import { type LocalizedTextFields, Texted } from '../look/Texted';
import { To } from '../shell/To';
import { useFormat } from '../shell/format';
import { useLanguage } from '../shell/language';
import { withParam } from '../shell/withParam';
import { entersRecords, useWho } from '../sign/session';
import type { Rule } from './QualityPage';
import { type Choice, NONE, whereOf } from './choice';

const Findings = graphql(`
  query QualityFindings($where: QualityFindingWhere, $after: Cursor) {
    qualityFindings(where: $where, orderBy: [{ field: RULE }, { field: FOUND_AT, direction: DESC }], first: 25, after: $after) {
      totalCount
      pageInfo { endCursor hasNextPage }
      nodes {
        id
        rule
        field
        occurrences
        foundAt
        subject {
          __typename
          ... on Project { id code title { text locale direction } }
          ... on Agreement { id code title { text locale direction } }
          ... on Organization { id code name { text locale direction } }
        }
        owner { id name { text locale direction } }
        funder { id name { text locale direction } }
      }
    }
  }
`);
const Owner = graphql(`query QualityOwner($id: ID!) { ministryUnits(where: { id: { eq: $id } }, first: 1) { nodes { name { text locale direction } } } }`);
const Funder = graphql(`query QualityFunder($id: ID!) { organization(by: { id: $id }) { name { text locale direction } } }`);

type Finding = QualityFindingsQuery['qualityFindings']['nodes'][number];
type Subject = NonNullable<Finding['subject']>;

const isRecord = (id: string | null): boolean => id !== null && id !== NONE;
const nameOf = (subject: Subject): LocalizedTextFields | null | undefined => (subject.__typename === 'Organization' ? subject.name : subject.title);

/** The records behind a number of the board; each leads to its form, at the field that mends it, or to its page for those who enter nothing. */
export function FindingList(props: { rules: readonly Rule[]; choice: Choice }): ReactNode {
  const { t } = useTranslation(['quality', 'desk']);
  const { locale } = useLanguage();
  const format = useFormat();
  const { data: who } = useWho();
  const [, setParams] = useSearchParams();
  const { choice } = props;
  const where = whereOf(choice);
  const { data, error, isFetching, refetch } = useGraph(Findings, { where, after: choice.after }, { stays: (before) => JSON.stringify(before.where) === JSON.stringify(where), refetchInterval: DERIVED_MS });
  const owner = useGraph(Owner, { id: choice.owner ?? '' }, { enabled: isRecord(choice.owner), stays: () => false }).data?.ministryUnits.nodes[0]?.name;
  const funder = useGraph(Funder, { id: choice.funder ?? '' }, { enabled: isRecord(choice.funder), stays: () => false }).data?.organization?.name;
  const rule = props.rules.find((one) => one.code === choice.rule);
  const to = ({ subject, field }: { subject: Subject; field: string }): string =>
    `/${locale}${entersRecords(who) ? `${formOf(subject.__typename, subject.id)}?field=${field}` : pages[subject.__typename] + subject.id}`;
  return (
    <>
      <header className="desk-head">
        <h1>{rule ? <Texted text={rule.title} fallback={rule.code} /> : choice.category ? t(`category.${choice.category}`) : t('findings')}</h1>
        {data && <span role="status">{t('records', { count: data.qualityFindings.totalCount, shown: format.number(data.qualityFindings.totalCount) })}</span>}
      </header>
      <p className="quality-chosen">
        <To to="/desk/quality" className="look-button">
          {t('toBoard')}
        </To>
        {choice.owner && (
          <span>
            {t('owner')} <strong>{isRecord(choice.owner) ? <Texted text={owner} /> : t('noOwner')}</strong>
          </span>
        )}
        {choice.funder && (
          <span>
            {t('funder')} <strong>{isRecord(choice.funder) ? <Texted text={funder} /> : t('noFunder')}</strong>
          </span>
        )}
      </p>
      {rule && (
        <p>
          <strong>{t('ruleIs')}</strong> <Texted text={rule.description} />
        </p>
      )}
      {error && <ErrorNote error={error} onRetry={() => void refetch()} />}
      {!error && !data && <Loading />}
      {data && (
        <div aria-busy={isFetching} onKeyDown={(event) => void step(event)}>
          {data.qualityFindings.nodes.length === 0 && <p className="desk-none">{t('none')}</p>}
          {data.qualityFindings.nodes.length > 0 && (
            <ul className="desk-rows">
              {data.qualityFindings.nodes.map(
                (finding) =>
                  finding.subject && (
                    <li key={finding.id}>
                      <Link className="desk-item quality-item" to={to({ subject: finding.subject, field: finding.field })}>
                        <span className="desk-what">
                          <Texted text={nameOf(finding.subject)} fallback={finding.subject.code} />
                          <small>
                            {t(`desk:record.${finding.subject.__typename}`)} · <bdi dir="ltr">{finding.subject.code}</bdi>
                            {!rule && (
                              <>
                                {' '}
                                · <Texted text={props.rules.find((one) => one.code === finding.rule)?.title} fallback={finding.rule} />
                              </>
                            )}
                            {finding.occurrences > 1 && <> · {t('times', { count: finding.occurrences, shown: format.number(finding.occurrences) })}</>}
                          </small>
                        </span>
                        <span className="desk-who">
                          <Texted text={finding.owner?.name} fallback={t('noOwner')} />
                        </span>
                        <span className="desk-who">{t('since', { date: format.date(finding.foundAt) })}</span>
                      </Link>
                    </li>
                  ),
              )}
            </ul>
          )}
          <p className="quality-keys">
            <kbd>↑ ↓</kbd> {t('keys.walk')} <kbd>↵</kbd> {t(entersRecords(who) ? 'keys.form' : 'keys.page')}
          </p>
          <div className="desk-acts">
            {choice.after && (
              <button type="button" className="look-button" onClick={() => setParams((before) => withParam(before, 'after', null))}>
                {t('firstPage')}
              </button>
            )}
            <More page={data.qualityFindings.pageInfo} onMore={(after) => setParams((before) => withParam(before, 'after', after))}>
              {t('nextPage')}
            </More>
          </div>
        </div>
      )}
    </>
  );
}
