import { Link2 } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';

/** An address as people write it; one that is not well formed stays as it is. */
function readable(address: string): string {
  try {
    return decodeURI(address);
  } catch {
    return address;
  }
}

/** The address of what is shown, with everything that was chosen in it. */
export function ViewLink(): ReactNode {
  const { t } = useTranslation('shell');
  const { pathname, search } = useLocation();
  const [copied, setCopied] = useState(false);
  useEffect(() => setCopied(false), [pathname, search]);
  // Only pages that came over a safe line may write to the clipboard.
  const clipboard = 'clipboard' in navigator ? navigator.clipboard : null;
  return (
    <p className="look-view-link">
      <Link2 aria-hidden size={14} />
      <span>{t('viewLink.label')}</span>
      <bdi dir="ltr">{readable(pathname + search)}</bdi>
      {clipboard && (
        <button type="button" onClick={() => void clipboard.writeText(location.origin + pathname + search).then(() => setCopied(true))}>
          {t('viewLink.copy')}
        </button>
      )}
      <span aria-live="polite">{copied ? t('viewLink.copied') : ''}</span>
    </p>
  );
}
