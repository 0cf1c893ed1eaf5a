import { useGraphiQL } from '@graphiql/react';
import { type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CheckIcon, CloseIcon, GlobeIcon, LinkIcon, MoonIcon, SunIcon } from './icons';
import { Mark } from '../look/Mark';
import type { Theme } from '../look/theme';
import { toFragment } from './share';

/** The brand, and what belongs to the page as a whole: link, theme, language. */
export function Header(props: { theme: Theme; onSwitchTheme: () => void }): ReactNode {
  const { t, i18n } = useTranslation();
  const other = i18n.language === 'ar' ? 'en' : 'ar';
  const Sun = props.theme === 'dark' ? SunIcon : MoonIcon;
  return (
    <header className="brand" aria-label={t('header.label')}>
      <Mark />
      <strong className="brand-name">{t('name')}</strong>
      <span className="brand-owner">{t('owner')}</span>
      <h1>{t('page')}</h1>
      <div className="brand-tools">
        <ShareButton />
        <button type="button" onClick={props.onSwitchTheme}>
          <Sun />
          <span className="wide-only">{t(props.theme === 'dark' ? 'header.light' : 'header.dark')}</span>
        </button>
        <button type="button" lang={other} onClick={() => void i18n.changeLanguage(other)} title={t('header.languageLabel')}>
          <GlobeIcon />
          <span>{t('header.language')}</span>
        </button>
      </div>
    </header>
  );
}

/** Copies a link to the operation as it stands; where the browser does not let us copy, it shows the link. */
function ShareButton(): ReactNode {
  const { t } = useTranslation();
  const queryEditor = useGraphiQL((state) => state.queryEditor);
  const variableEditor = useGraphiQL((state) => state.variableEditor);
  const [copied, setCopied] = useState(false);
  const [manual, setManual] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);

  const share = async (): Promise<void> => {
    const operation = { query: queryEditor?.getValue() ?? '', variables: variableEditor?.getValue() ?? '' };
    const link = location.origin + location.pathname + toFragment(operation);
    try {
      await navigator.clipboard.writeText(link);
      setCopied(true);
      setTimeout(() => setCopied(false), 2500);
    } catch {
      // Without a secure context there is no clipboard.
      setManual(link);
      requestAnimationFrame(() => field.current?.select());
    }
  };

  return (
    <>
      <button type="button" className="share" onClick={() => void share()}>
        {copied ? <CheckIcon /> : <LinkIcon />}
        <span>{t(copied ? 'header.shared' : 'header.share')}</span>
      </button>
      <span className="hidden" role="status">
        {copied ? t('header.shared') : ''}
      </span>
      {manual !== null && (
        <div className="share-field">
          <label htmlFor="share-link">{t('header.shareManually')}</label>
          <input id="share-link" ref={field} dir="ltr" readOnly value={manual} />
          <button type="button" aria-label={t('header.close')} onClick={() => setManual(null)}>
            <CloseIcon />
          </button>
        </div>
      )}
    </>
  );
}
