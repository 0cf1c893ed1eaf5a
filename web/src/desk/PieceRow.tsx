import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Shape } from '../look/Badge';
import { Texted } from '../look/Texted';
import { badges } from '../look/states';
import { useNames } from '../look/useNames';
import { useFormat } from '../shell/format';
import type { Piece } from './work';

/** A record or a change on its way to publication, as a row: what, where it stands and by whom, and when that was. */
export function PieceRow(props: { piece: Piece; isOpen: boolean; onOpen: () => void }): ReactNode {
  const { t } = useTranslation('desk');
  const names = useNames();
  const format = useFormat();
  const { piece } = props;
  return (
    <button type="button" className="desk-item desk-shaped" aria-pressed={props.isOpen} onClick={props.onOpen}>
      <Shape state={badges[piece.state]} />
      <span className="desk-what">
        <Texted text={piece.title} fallback={<bdi dir="ltr">{piece.code}</bdi>} />{' '}
        <span className="desk-kind">
          {t(`record.${piece.kind}`)}
          {piece.fields && ` · ${t('work.fields', { count: piece.fields.length })}`}
          {piece.state === 'RETURNED' && piece.comment && (
            <>
              {' · '}
              <q dir="auto">{piece.comment}</q>
            </>
          )}
        </span>
      </span>
      <span className="desk-who">
        {names('RecordState', piece.state)}
        {piece.author && (
          <>
            {' · '}
            <bdi>{piece.author}</bdi>
          </>
        )}
      </span>
      <time className="desk-due" dateTime={piece.updatedAt}>
        {format.date(piece.updatedAt)}
      </time>
    </button>
  );
}
