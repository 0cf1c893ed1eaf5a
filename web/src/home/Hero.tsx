import { Search } from 'lucide-react';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { To } from '../shell/To';
import { useLanguage } from '../shell/language';
import { HomeMap } from './HomeMap';
import { Strapwork } from './Strapwork';
import './hero.css';

/** The head of the first page: what this is, a search, and the map. */
export function Hero(): ReactNode {
  const { t } = useTranslation('home');
  const { locale } = useLanguage();
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
          <h1>{t('title')}</h1>
          <p className="home-lead">{t('lead')}</p>
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
