import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { formOf, kindOf, recordTypes } from '../edit/kinds';
import { useGraph } from '../graph/useGraph';
import { Badge } from '../look/Badge';
import { ErrorNote } from '../look/ErrorNote';
import { Loading } from '../look/Loading';
import { Texted } from '../look/Texted';
import { useNames } from '../look/useNames';
import { fieldTexts } from '../look/useFieldNames';
import { To } from '../shell/To';
import { useFormat } from '../shell/format';
import { usePageTitle } from '../shell/language';
import { PieceView } from './PieceView';
import { walk } from './walk';
import { Work, badges, piecesOf, totalOf } from './work';

/** What waits for a decision. */
export function ReviewPage(): ReactNode {
  return <WorkPage name="review" states={['SUBMITTED']} />;
}

/** What is being entered, and what came back. */
export function DraftsPage(): ReactNode {
  return <WorkPage name="drafts" states={['DRAFT', 'RETURNED']} />;
}

/** Records and changes on their way to publication, with the one chosen beside the list. */
function WorkPage(props: { name: 'review' | 'drafts'; states: ('DRAFT' | 'SUBMITTED' | 'RETURNED')[] }): ReactNode {
  const { t } = useTranslation(['desk', ...fieldTexts]);
  const names = useNames();
  const format = useFormat();
  const [params, setParams] = useSearchParams();
  usePageTitle(t(`menu.${props.name}`));
  const { data, error, refetch } = useGraph(Work, { states: props.states, changes: props.states, types: recordTypes });
  if (error) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  const pieces = piecesOf(data);
  const open = pieces.find((piece) => piece.key === params.get('item')) ?? null;
  return (
    <div className="desk-split">
      <section className="desk-list" onKeyDown={walk}>
        <header className="desk-head">
          <h1>{t(`menu.${props.name}`)}</h1>
          <span>{t(`work.${props.name}`)}</span>
        </header>
        {props.name === 'drafts' && (
          <p className="desk-acts">
            {recordTypes.map((type) => (
              <To key={type} to={formOf(type)} className="look-button">
                {t(`new.${kindOf(type)}`)}
              </To>
            ))}
          </p>
        )}
        {pieces.length === 0 && <p className="desk-none">{t('work.none')}</p>}
        {totalOf(data) > pieces.length && <p className="desk-none">{t('work.cut', { shown: format.number(pieces.length), total: format.number(totalOf(data)) })}</p>}
        {pieces.length > 0 && (
          <ul className="desk-rows">
            {pieces.map((piece) => (
              <li key={piece.key}>
                <button type="button" className="desk-item" aria-pressed={open === piece} onClick={() => setParams({ item: piece.key }, { replace: true, preventScrollReset: true })}>
                  <span className="desk-what">
                    <span className="desk-kind">{t(`record.${piece.kind}`)}</span> <Texted text={piece.title} fallback={piece.code} />
                    {piece.fields && <em> {t('work.fields', { count: piece.fields.length })}</em>}
                  </span>
                  <span className="desk-who">{format.date(piece.updatedAt)}</span>
                  <Badge state={badges[piece.state]}>{names('RecordState', piece.state)}</Badge>
                </button>
              </li>
            ))}
          </ul>
        )}
      </section>
      <aside className="desk-peek" aria-label={t('preview')}>
        {open ? <PieceView key={open.key} piece={open} onClose={() => setParams({}, { replace: true })} /> : <p className="desk-none">{t('work.choose')}</p>}
      </aside>
    </div>
  );
}
