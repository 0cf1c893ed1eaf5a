import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { graphql } from '../gql';
import { useGraph } from '../graph/useGraph';
import { Shape } from '../look/Badge';
import { useFieldNames } from '../look/useFieldNames';
import { useLanguage } from '../shell/language';
import { DayGroup } from './DayGroup';

const Stale = graphql(`
  query DeskStale($locale: String!) {
    translationTasks(where: { task: { eq: STALE }, locale: { eq: $locale } }, first: 5) {
      totalCount
      nodes { id subjectKind field sourceText sourceLocale translation { translator } }
    }
  }
`);

/** Translations into the language of the page whose source has changed since; each leads to the bench. */
export function StaleTexts(): ReactNode {
  const { i18n } = useTranslation();
  const fields = useFieldNames();
  const { locale } = useLanguage();
  const tasks = useGraph(Stale, { locale }).data?.translationTasks;
  if (!tasks || tasks.nodes.length === 0) return null;
  const bench = `/desk/translations?task=STALE&locale=${locale}`;
  return (
    <DayGroup name="stale" count={tasks.totalCount} to={{ page: bench, name: 'day.bench' }}>
      {tasks.nodes.map((task) => (
        <li key={task.id}>
          <Link to={`/${locale}${bench}&item=${task.id}`} className="desk-item desk-shaped">
            <Shape state="stale" />
            <span className="desk-what">
              <bdi lang={task.sourceLocale} dir={i18n.dir(task.sourceLocale)}>
                {task.sourceText.slice(0, 120)}
              </bdi>
            </span>
            <span className="desk-who">
              {fields.kind(task.subjectKind)} · {fields.field(task.field)}
            </span>
            <span className="desk-who">{task.translation?.translator && <bdi>{task.translation.translator}</bdi>}</span>
          </Link>
        </li>
      ))}
    </DayGroup>
  );
}
