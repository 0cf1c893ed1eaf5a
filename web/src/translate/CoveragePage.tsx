import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../gql';
import { useGraph } from '../graph/useGraph';
import { ErrorNote } from '../look/ErrorNote';
import { Loading } from '../look/Loading';
import { To } from '../shell/To';
import { useFormat } from '../shell/format';
import { useLanguage, usePageTitle } from '../shell/language';
import './coverage.css';
import './translate.css';

const Coverage = graphql(`
  query TranslationCoverage {
    translationCoverage { subjectKind locale total missing stale machine draft reviewed certified }
  }
`);

/** How much of each kind of record can be read in each language; each number leads to its queue. */
export default function CoveragePage(): ReactNode {
  const { t } = useTranslation('translate');
  const { locale } = useLanguage();
  const format = useFormat();
  const { data, error, refetch } = useGraph(Coverage, {});
  usePageTitle(t('coverage.title'));
  if (error) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  const names = new Intl.DisplayNames(locale, { type: 'language' });
  const rows = data.translationCoverage.filter((row) => row.total > 0).sort((a, b) => a.locale.localeCompare(b.locale) || b.missing - a.missing);
  const queue = (row: (typeof rows)[number], task: string, count: number): ReactNode =>
    count === 0 ? format.number(0) : <To to={`/desk/translations?locale=${row.locale}&kind=${row.subjectKind}&task=${task}`}>{format.number(count)}</To>;
  return (
    <div className="translate-coverage">
      <h1>{t('coverage.title')}</h1>
      <p>{t('coverage.lead')}</p>
      <div role="region" aria-label={t('coverage.title')} tabIndex={0}>
        <table>
          <thead>
            <tr>
              {(['language', 'kind', 'share', 'total', 'missing', 'stale', 'review', 'done'] as const).map((name) => (
                <th key={name} scope="col">
                  {t(`coverage.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.locale + row.subjectKind}>
                <td>{names.of(row.locale)}</td>
                <th scope="row">{t(`subject.${row.subjectKind}`, { defaultValue: row.subjectKind })}</th>
                <td>
                  <progress aria-hidden className="look-bar" max={row.total} value={row.total - row.missing} /> {format.percent((row.total - row.missing) / row.total)}
                </td>
                <td>{format.number(row.total)}</td>
                <td>{queue(row, 'MISSING', row.missing)}</td>
                <td>{queue(row, 'STALE', row.stale)}</td>
                <td>{queue(row, 'REVIEW', row.draft + row.machine)}</td>
                <td>{format.number(row.reviewed + row.certified)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
