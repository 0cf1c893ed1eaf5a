import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { PeekHead } from '../desk/PeekHead';
import { useGraph } from '../graph/useGraph';
import { Badge } from '../look/Badge';
import { ErrorNote } from '../look/ErrorNote';
import { useFieldNames } from '../look/useFieldNames';
import { useFormat } from '../shell/format';
import { useLanguage } from '../shell/language';
import { badges } from './ImportsPage';
import { type FilePlace, placeIn } from './place';
import { OneRun, type Run } from './runs';

const counts = ['added', 'changed', 'unchanged', 'refused', 'noted'] as const;

/** What an import said, in the reader's language; what is older than the Arabic wording was said in English only. */
function useTold(): (english: string, arabic: string) => { lang: 'ar' | 'en'; dir: 'rtl' | 'ltr'; text: string } {
  const { locale } = useLanguage();
  return (english, arabic) =>
    locale === 'ar' && arabic !== english ? { lang: 'ar', dir: 'rtl', text: arabic } : { lang: 'en', dir: 'ltr', text: english };
}

/** What the identifier of a finding is one of. */
function recordOf(place: string | null | undefined): 'ofActivity' | 'ofOrganization' | 'record' {
  const [first] = placeIn(place ?? '')?.elements ?? [];
  if (first?.name === 'iati-activity') return 'ofActivity';
  return first?.name === 'iati-organisation' ? 'ofOrganization' : 'record';
}

/** Where in the file something is: in words, and as whoever mends the file looks for it. */
function Where(props: { place: string }): ReactNode {
  const { t } = useTranslation('imports');
  const format = useFormat();
  const fields = useFieldNames();
  const place = placeIn(props.place);
  const named = ({ name, number }: FilePlace['elements'][number]): string => {
    // An element of the file, or what became of one here.
    const called = t(`element.${name}`, { defaultValue: /^[A-Z]/.test(name) ? fields.kind(name) : fields.field(name) });
    return number === null ? called : t('place.numbered', { name: called, number: format.number(number) });
  };
  return (
    <>
      {place && (
        <span className="imports-where">
          {t('place.where')}: <bdi>{place.file}</bdi>
          {place.line !== null && `${t('comma')}${t('place.line', { line: format.number(place.line) })}`}
          {place.feature !== null && `${t('comma')}${t('place.feature', { feature: format.number(place.feature) })}`}
          {place.elements.length > 0 && `${t('comma')}${place.elements.map(named).join(t('place.within'))}`}
        </span>
      )}
      <code dir="ltr">{props.place}</code>
    </>
  );
}

/** One import: how far it is or how it ended, its counts, and what it refused with the reason of each. */
export function RunView(props: { run: Run; onClose: () => void }): ReactNode {
  const { t } = useTranslation('imports');
  const format = useFormat();
  const told = useTold();
  const { run } = props;
  const { data, error, refetch } = useGraph(OneRun, { id: run.id }, { enabled: run.state !== 'RUNNING' });
  const details = data?.run && 'findings' in data.run ? data.run : null;
  const summary = details?.summary ? told(details.summary, details.summaryAr ?? details.summary) : null;
  return (
    <>
      <PeekHead onClose={props.onClose}>{t(`kind.${run.kind}`)}</PeekHead>
      <h2>
        <bdi>{run.name}</bdi>
      </h2>
      <p>
        <Badge state={badges[run.state]}>{t(`state.${run.state}`)}</Badge> {format.moment(run.startedAt)}
        {run.endedAt && ` – ${format.moment(run.endedAt)}`}
      </p>
      <p className="desk-none">{t(`means.${run.state}`)}</p>
      {run.state === 'RUNNING' ? (
        <label className="imports-progress">
          {typeof run.progress === 'number' ? t('runningAt', { share: format.percent(run.progress) }) : t('runningUnknown')}
          <progress className="look-bar" max={1} {...(typeof run.progress === 'number' ? { value: run.progress } : {})} />
        </label>
      ) : (
        <dl>
          {counts.map((name) => (
            <div key={name}>
              <dt>{t(`figure.${name}`)}</dt>
              <dd>{format.number(run[name])}</dd>
            </div>
          ))}
        </dl>
      )}
      {error && <ErrorNote error={error} onRetry={() => void refetch()} />}
      {summary && (
        <pre role="group" className="imports-summary" dir={summary.dir} lang={summary.lang} tabIndex={0} aria-label={t('summary')}>
          {summary.text}
        </pre>
      )}
      {details && details.findings.length > 0 && (
        <section aria-label={t('findings')}>
          <h3 className="imports-head">{t('findings')}</h3>
          <ul className="imports-findings">
            {details.findings.map((finding, index) => {
              const reason = told(finding.reason, finding.reasonAr);
              return (
                // Two findings may say the very same.
                <li key={`${index} ${finding.reason}`}>
                  <Badge state={finding.kind === 'REFUSED' ? 'returned' : 'neutral'}>{t(`finding.${finding.kind}`)}</Badge>
                  {finding.identifier && (
                    <span>
                      {t(`place.${recordOf(finding.place)}`)} <bdi dir="ltr">{finding.identifier}</bdi>
                    </span>
                  )}
                  <p dir={reason.dir} lang={reason.lang}>
                    {reason.text}
                  </p>
                  {finding.place && <Where place={finding.place} />}
                </li>
              );
            })}
          </ul>
        </section>
      )}
    </>
  );
}
