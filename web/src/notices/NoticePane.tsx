import { X } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Shape } from '../look/Badge';
import { Texted } from '../look/Texted';
import { fieldTexts, useFieldNames } from '../look/useFieldNames';
import { useNames } from '../look/useNames';
import { To } from '../shell/To';
import { useFormat } from '../shell/format';
import { type Notice, keyOf, placeOf, shapes } from './notices';

/** What others did to one's work, a line each that leads to its place. */
export default function NoticePane(props: { notices: readonly Notice[]; onClose: () => void }): ReactNode {
  const { t } = useTranslation(['notices', 'desk', ...fieldTexts]);
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => head.current?.focus(), []);
  return (
    <>
      <header>
        <h2 ref={head} tabIndex={-1}>
          {t('title')}
        </h2>
        <button type="button" className="desk-close" onClick={props.onClose} aria-label={t('desk:close')}>
          <X aria-hidden className="icon" />
        </button>
      </header>
      {props.notices.length === 0 ? (
        <p>{t('none')}</p>
      ) : (
        <ol>
          {props.notices.map((notice) => (
            <li key={keyOf(notice)} className={notice.isSeen ? undefined : 'notices-fresh'}>
              <Line notice={notice} />
            </li>
          ))}
        </ol>
      )}
      <p>{t('what')}</p>
    </>
  );
}

function Line(props: { notice: Notice }): ReactNode {
  const { t } = useTranslation('notices');
  const format = useFormat();
  const names = useNames();
  const fields = useFieldNames();
  const { notice } = props;
  const { record } = notice;
  const to = placeOf(notice);
  const title = record && 'title' in record ? <Texted text={record.title} fallback={<bdi>{record.code}</bdi>} /> : <bdi>{record?.code}</bdi>;
  const happened =
    record?.__typename === 'ImportRun'
      ? t(`import.${record.outcome}`)
      : t(`kind.${notice.kind}`, { status: notice.status ? names('TranslationRequestStatus', notice.status) : '', field: fields.field(notice.field ?? '') });
  return (
    <>
      <Shape state={shapes[notice.kind]} />
      <div>
        <p>
          {!notice.isSeen && <span className="hidden">{t('new')} </span>}
          {to ? <To to={to}>{title}</To> : title}
        </p>
        <p>
          {happened}
          {notice.actorName && (
            <>
              {' · '}
              <bdi>{notice.actorName}</bdi>
            </>
          )}
          {' · '}
          <time dateTime={notice.at}>{format.moment(notice.at)}</time>
        </p>
        {notice.comment && <q dir="auto">{notice.comment}</q>}
      </div>
    </>
  );
}
