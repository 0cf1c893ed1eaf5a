import { Search } from 'lucide-react';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { HomeContentsQuery } from '../gql/graphql';
import { Texted } from '../look/Texted';
import { To } from '../shell/To';
import { useLanguage } from '../shell/language';
import { HomeMap } from './HomeMap';
import { Strapwork } from './Strapwork';
import './hero.css';

/** The head of the first page: what this is, in the words of the directorate, a search, and the map. */
export function Hero(props: { contents: HomeContentsQuery | undefined }): ReactNode {
  const { t } = useTranslation('home');
  const { locale } = useLanguage();
  const { contents } = props;
  const home = contents?.home;
  const navigate = useNavigate();
  const [words, setWords] = useState('');
  const search = (event: FormEvent): void => {
    event.preventDefault();
    void navigate(`/${locale}/search?q=${encodeURIComponent(words)}`);
  };
  return (
    <div className="home-hero">
      <Strapwork />
      <div className="home-in">
        <div>
          {/* Nothing else stands there meanwhile: what the directorate has written takes no other text's place. */}
          <h1>{home ? <Texted text={home.title} /> : contents ? t('title') : '\u00a0'}</h1>
          <p className="home-lead">{home ? <Texted text={home.lead} /> : contents ? t('lead') : '\u00a0'}</p>
          <form role="search" onSubmit={search}>
            <Search aria-hidden className="icon" />
            <input type="search" value={words} onChange={(event) => setWords(event.target.value)} aria-label={t('search')} placeholder={t('search')} />
            <button type="submit" className="look-button look-button-main">
              {t('find')}
            </button>
          </form>
          <p className="home-try">
            {t('try.label')}{' '}
            {(['water', 'place', 'ending'] as const).map((example) => (
              <To key={example} to={t(`try.${example}.to`)}>
                {t(`try.${example}.name`)}
              </To>
            ))}
          </p>
        </div>
        <HomeMap />
      </div>
    </div>
  );
}
