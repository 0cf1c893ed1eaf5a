import { Bell as BellShape } from 'lucide-react';
import { type ReactNode, Suspense, lazy, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import { ask } from '../graph/ask';
import { useGraph } from '../graph/useGraph';
import { Loading } from '../look/Loading';
import { useFormat } from '../shell/format';
import { MOST, Notices, See } from './notices';
import './notices.css';

const NoticePane = lazy(() => import('./NoticePane'));

/** A bell with the count of what others did to one's work and one has not seen, and the pane that tells of it. What stood in the pane is seen once it is closed. */
export function Bell(props: { className: string }): ReactNode {
  const { t } = useTranslation('notices');
  const format = useFormat();
  const { data, refetch } = useGraph(Notices, {});
  const [isOpen, setOpen] = useState(false);
  const { pathname, search } = useLocation();
  const id = useId();
  const bell = useRef<HTMLButtonElement>(null);
  const whole = useRef<HTMLDivElement>(null);
  const notices = data?.notices ?? [];
  const fresh = notices.filter((notice) => !notice.isSeen).length;
  const shown = format.number(fresh) + (fresh === MOST ? '+' : '');
  const close = (): void => {
    if (!isOpen) return;
    setOpen(false);
    const [latest] = notices;
    if (latest && !latest.isSeen) void ask(See, { input: { upTo: latest.at } }).then(() => refetch());
  };
  const latestClose = useRef(close);
  latestClose.current = close;
  // It is gone once it has led somewhere, or somebody goes on working on the page.
  useEffect(() => latestClose.current(), [pathname, search]);
  useEffect(() => {
    const outside = (event: PointerEvent): void => {
      if (!whole.current?.contains(event.target as Node)) latestClose.current();
    };
    addEventListener('pointerdown', outside);
    return () => removeEventListener('pointerdown', outside);
  }, []);
  return (
    <div
      ref={whole}
      className={`notices ${props.className}`}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !isOpen) return;
        event.preventDefault();
        close();
        bell.current?.focus();
      }}
    >
      <button type="button" ref={bell} className="notices-bell" title={t('title')} aria-expanded={isOpen} aria-controls={isOpen ? id : undefined} onClick={() => (isOpen ? close() : setOpen(true))}>
        <BellShape aria-hidden className="icon" />
        <span className="hidden">{t('title')}</span>
        {fresh > 0 && (
          <span className="notices-count" aria-hidden>
            {shown}
          </span>
        )}
      </button>
      <span role="status" className="hidden">
        {fresh > 0 && t('fresh', { count: fresh, shown })}
      </span>
      {isOpen && (
        <section id={id} className="notices-pane" aria-label={t('title')}>
          <Suspense fallback={<Loading />}>
            <NoticePane
              notices={notices}
              onClose={() => {
                close();
                bell.current?.focus();
              }}
            />
          </Suspense>
        </section>
      )}
    </div>
  );
}
