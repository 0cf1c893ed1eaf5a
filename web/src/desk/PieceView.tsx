import { type ReactNode, lazy } from 'react';
import { useTranslation } from 'react-i18next';
import { WayInOf } from '../archive/WayIn';
import { formOf, pages } from '../edit/kinds';
import { Compare } from '../history/Compare';
import { useLinked } from '../history/useLinked';
import { Texted } from '../look/Texted';
import { To } from '../shell/To';
import { useFormat } from '../shell/format';
import { useWho } from '../sign/session';
import { Decide } from './Decide';
import { PeekHead } from './PeekHead';
import { type Piece, writes } from './work';

// The forms come with their own code, once a record is looked at that is not published.
const RecordFacts = lazy(() => import('./RecordFacts'));

/** One record or change on its way: what it says, who said what about it, and the steps that are open. */
export function PieceView(props: { piece: Piece; onClose: () => void }): ReactNode {
  const { t } = useTranslation('desk');
  const format = useFormat();
  const { data: who } = useWho();
  const { piece } = props;
  const fields = (piece.fields ?? []).map((field) => ({ ...field, key: `${field.recordId} ${field.field}` }));
  const link = useLinked(fields);
  return (
    <>
      <PeekHead onClose={props.onClose}>
        {t(`record.${piece.kind}`)} · <bdi dir="ltr">{piece.code}</bdi>
      </PeekHead>
      <h2>
        <To to={pages[piece.kind] + piece.id}>
          <Texted text={piece.title} fallback={piece.code} />
        </To>
      </h2>
      <p>{piece.author ? t('work.by', { name: piece.author, date: format.date(piece.updatedAt) }) : t('work.on', { date: format.date(piece.updatedAt) })}</p>
      {piece.comment && (
        <blockquote dir="auto" className="desk-comment">
          {piece.comment}
        </blockquote>
      )}
      {writes(piece.kind, who) && (
        <p>
          <To to={formOf(piece.kind, piece.id)} aria-keyshortcuts="E">
            {t('edit')} <kbd dir="ltr">E</kbd>
          </To>
        </p>
      )}
      {piece.fields === null && <RecordFacts kind={piece.kind} id={piece.id} />}
      {piece.fields === null && <WayInOf id={piece.id} onTaken={props.onClose} />}
      {fields.length > 0 && (
        <Compare
          kind={piece.kind}
          fields={fields}
          link={link}
          heads={{ field: t('compare.field'), before: t('compare.before'), after: t('compare.after') }}
        />
      )}
      <Decide piece={piece} onTaken={props.onClose} />
    </>
  );
}
