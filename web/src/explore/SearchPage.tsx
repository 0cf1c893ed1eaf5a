import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { ErrorNote } from '../look/ErrorNote';
import { useNames } from '../look/useNames';
import { Crumb } from '../shell/Crumb';
import { To } from '../shell/To';
import { useFormat } from '../shell/format';
import { usePageTitle } from '../shell/language';
import { Highlight } from './highlight';
import { Kinds, kinds } from './Kinds';
import { places, useHits } from './hits';
import './explore.css';
import './rows.css';
import './narrow.css';

const signs = { ORGANIZATION: kinds.organizations, AGREEMENT: kinds.agreements, PROJECT: kinds.projects, ADMINISTRATIVE_UNIT: kinds.units } as const;

/** How many hits are shown; more are in the lists of each kind. */
const BEST = 50;

/** Search across all kinds of records, as one types. */
export default function SearchPage(): ReactNode {
  const { t } = useTranslation('explore');
  const names = useNames();
  const format = useFormat();
  const [params, setParams] = useSearchParams();
  const asked = params.get('q') ?? '';
  const [words, setWords] = useState(asked);
  usePageTitle(t('search.title'));
  useEffect(() => {
    if (words === asked) return;
    const timer = setTimeout(() => setParams(words ? { q: words } : {}, { replace: true }), 250);
    return () => clearTimeout(timer);
  }, [words, asked, setParams]);
  const { data, error, isPlaceholderData, refetch } = useHits(asked, BEST, asked.trim() !== '');
  const hits = asked.trim() === '' ? [] : (data?.search ?? []);
  const found = hits.length < BEST ? 'search.found' : 'search.best';
  return (
    <div className="explore explore-search">
      <Crumb>{t('search.title')}</Crumb>
      <header className="explore-head">
        <h1>{t('search.title')}</h1>
        <input type="search" className="explore-words" autoFocus value={words} onChange={(event) => setWords(event.target.value)} aria-label={t('search.field')} placeholder={t('search.field')} />
      </header>
      {error && <ErrorNote error={error} onRetry={() => void refetch()} />}
      {asked.trim() !== '' && <Kinds words={asked.trim()} />}
      <p role="status">{asked.trim() !== '' && data && !isPlaceholderData && t(found, { count: hits.length, shown: format.number(hits.length) })}</p>
      <ol className={isPlaceholderData ? 'explore-hits look-before' : 'explore-hits'} aria-busy={isPlaceholderData}>
        {hits.map((hit) => {
          const Sign = signs[hit.kind];
          return (
            <li key={hit.record?.id}>
              <Sign aria-hidden size={17} />
              <div>
                <To to={places[hit.kind] + (hit.record?.id ?? '')}>
                  <bdi lang={hit.locale ?? undefined}>
                    <Highlight text={hit.highlight} />
                  </bdi>
                </To>
                <span>
                  {names('SearchKind', hit.kind)} · <bdi dir="ltr">{hit.record && ('code' in hit.record ? hit.record.code : hit.record.pcode)}</bdi>
                </span>
              </div>
            </li>
          );
        })}
      </ol>
    </div>
  );
}
