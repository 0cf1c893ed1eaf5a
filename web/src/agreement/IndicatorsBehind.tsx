import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../gql';
import type { ProjectWithIndicatorsFragment, ReachedSoFarFragment } from '../gql/graphql';
import { useGraph } from '../graph/useGraph';
import { Badge, type BadgeState } from '../look/Badge';
import { ErrorNote } from '../look/ErrorNote';
import { Loading } from '../look/Loading';
import { More } from '../look/More';
import { type LocalizedTextFields, Texted } from '../look/Texted';
import { To } from '../shell/To';
import { useFormat } from '../shell/format';
import type { listsBehind } from './behind';

const Latest = graphql(`
  query AgreementIndicatorsBehind($id: ID!, $first: Int!, $after: Cursor) {
    agreement(by: { id: $id }) {
      projects(where: { results: { some: { indicators: { some: {} } } } }, orderBy: [{ field: CODE }], first: $first, after: $after) {
        pageInfo { hasNextPage endCursor }
        nodes {
          ...ProjectWithIndicators
          results(first: 20) { nodes { indicators { id title { text locale direction } progress { ...ReachedSoFar period { periodEnd } } } } }
        }
      }
    }
  }

  fragment ProjectWithIndicators on Project { id code title { text locale direction } }

  fragment ReachedSoFar on IndicatorProgress { target actual achieved reason }
`);

const OfYears = graphql(`
  query AgreementPeriodsBehind($id: ID!, $first: Int!, $after: Cursor) {
    agreement(by: { id: $id }) {
      projects(where: { results: { some: { indicators: { some: {} } } } }, orderBy: [{ field: CODE }], first: $first, after: $after) {
        pageInfo { hasNextPage endCursor }
        nodes {
          ...ProjectWithIndicators
          results(first: 20) { nodes { indicators { id title { text locale direction } periods { id periodEnd progress { ...ReachedSoFar } } } } }
        }
      }
    }
  }
`);

/** So many projects a page keep within what the server lets an answer hold. */
const PAGE = { latest: 15, ofYears: 8 };

type Which = (typeof listsBehind)['indicators'][number];

/** An indicator with what was looked at of it: its latest target, or that of a period. */
interface Looked {
  key: string;
  project: ProjectWithIndicatorsFragment;
  title: LocalizedTextFields | null | undefined;
  until: string | null;
  progress: ReachedSoFarFragment;
}

/** A page of what was looked at: of each indicator its latest target; of a year all targets of periods that ended in it, as far as it is known whether they were reached. */
function useLooked(id: string, year: number | null, after: string | null): { rows: Looked[] | null; page: { hasNextPage: boolean; endCursor?: string | null }; isFetching: boolean; error: unknown; refetch: () => void } {
  const latest = useGraph(Latest, { id, first: PAGE.latest, after }, { enabled: year === null });
  const ofYears = useGraph(OfYears, { id, first: PAGE.ofYears, after }, { enabled: year !== null });
  const { isFetching, error, refetch } = year === null ? latest : ofYears;
  const found = year === null ? latest.data?.agreement?.projects : ofYears.data?.agreement?.projects;
  const rows =
    year === null
      ? latest.data?.agreement?.projects.nodes.flatMap((project) =>
          project.results.nodes.flatMap((result) =>
            result.indicators.map((indicator): Looked => ({ key: indicator.id, project, title: indicator.title, until: indicator.progress.period?.periodEnd ?? null, progress: indicator.progress })),
          ),
        )
      : ofYears.data?.agreement?.projects.nodes.flatMap((project) =>
          project.results.nodes.flatMap((result) =>
            result.indicators.flatMap((indicator) =>
              indicator.periods
                .filter(({ periodEnd, progress }) => periodEnd.startsWith(`${year}-`) && typeof progress.achieved === 'boolean')
                .map((period): Looked => ({ key: period.id, project, title: indicator.title, until: period.periodEnd, progress: period.progress })),
            ),
          ),
        );
  return { rows: rows ?? null, page: found?.pageInfo ?? { hasNextPage: false }, isFetching, error, refetch: () => void refetch() };
}

const standingOf = (progress: ReachedSoFarFragment): Exclude<Which, 'all'> => (progress.achieved === true ? 'achieved' : progress.achieved === false ? 'missed' : 'unknown');
const badges: Record<Exclude<Which, 'all'>, BadgeState> = { achieved: 'done', missed: 'late', unknown: 'neutral' };

/** The indicators of the projects under the agreement, by whether their latest target was reached; of a year, by the targets of periods that ended in it. */
export function IndicatorsBehind(props: { id: string; which: Which; year: number | null }): ReactNode {
  const { t } = useTranslation('agreement');
  const format = useFormat();
  const [after, setAfter] = useState<string | null>(null);
  const { rows: all, page, isFetching, error, refetch } = useLooked(props.id, props.year, after);
  if (error) return <ErrorNote error={error} onRetry={refetch} />;
  if (!all) return <Loading />;
  const rows = all.filter(({ progress }) => props.which === 'all' || standingOf(progress) === props.which);
  const number = (value: string | null | undefined): string => (value ? format.number(value, 2) : t('none'));
  return (
    <div aria-busy={isFetching}>
      {rows.length === 0 && <p className="record-none">{t('behind.nothing')}</p>}
      {rows.length > 0 && (
        <table className="record-table agreement-stack">
          <thead>
            <tr>
              <th scope="col">{t('behind.indicator')}</th>
              <th scope="col">{t('behind.project')}</th>
              <th scope="col">{t('behind.until')}</th>
              <th scope="col" className="record-number">{t('behind.target')}</th>
              <th scope="col" className="record-number">{t('behind.actual')}</th>
              <th scope="col">{t('behind.standing')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, project, title, until, progress }) => (
              <tr key={key}>
                <th scope="row">
                  <Texted text={title} />
                </th>
                <td data-label={t('behind.project')}>
                  <To to={`/projects/${project.id}`}>
                    <Texted text={project.title} fallback={project.code} />
                  </To>
                </td>
                <td data-label={t('behind.until')}>{until ? format.date(until) : t('none')}</td>
                <td data-label={t('behind.target')} className="record-number">{number(progress.target)}</td>
                <td data-label={t('behind.actual')} className="record-number">{number(progress.actual)}</td>
                <td data-label={t('behind.standing')}>
                  <Badge state={badges[standingOf(progress)]}>{t(`behind.indicatorIs.${standingOf(progress)}`)}</Badge>
                  {progress.reason && <span className="record-note">{t(`behind.reason.${progress.reason}`)}</span>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {after !== null && (
        <button type="button" className="look-button" onClick={() => setAfter(null)}>
          {t('behind.firstProjects')}
        </button>
      )}{' '}
      <More page={page} onMore={setAfter}>
        {t('behind.moreProjects')}
      </More>
    </div>
  );
}
