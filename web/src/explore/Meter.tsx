import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../shell/format';
import { useLanguage } from '../shell/language';

/** What was committed and what was disbursed, as shares of an amount agreed, in percent. */
export interface Shares {
  committed: number;
  disbursed: number;
}

const parts = ['committed', 'disbursed'] as const;

/** An amount agreed, in it what was committed, in that what was disbursed; grows from the reading edge. */
export function Meter(props: { shares: Shares }): ReactNode {
  const { t } = useTranslation('explore');
  const format = useFormat();
  const { dir } = useLanguage();
  const said = parts.map((part) => t('share', { name: t(`shares.${part}`), share: format.percent(props.shares[part] / 100) })).join(' · ');
  return (
    <svg className="explore-meter" viewBox="0 0 100 5" preserveAspectRatio="none" role="img" aria-label={said}>
      <title>{said}</title>
      {parts.map((part) => {
        const width = Math.max(0, Math.min(100, props.shares[part]));
        return <rect key={part} className={`explore-${part}`} x={dir === 'rtl' ? 100 - width : 0} width={width} height={5} />;
      })}
    </svg>
  );
}

/** What the colours of the meters mean. */
export function MeterKey(): ReactNode {
  const { t } = useTranslation('explore');
  return (
    <span className="explore-key">
      {parts.map((part) => (
        <span key={part}>
          <svg viewBox="0 0 11 11" aria-hidden>
            <rect className={`explore-${part}`} width={11} height={11} rx={3} />
          </svg>{' '}
          {t(`shares.${part}`)}
        </span>
      ))}
    </span>
  );
}
