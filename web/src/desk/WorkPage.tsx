import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formOf, kindOf, recordTypes } from '../edit/kinds';
import { begun } from '../edit/rights';
import { useGraph } from '../graph/useGraph';
import { ErrorNote } from '../look/ErrorNote';
import { Loading } from '../look/Loading';
import { fieldTexts } from '../look/useFieldNames';
import { To } from '../shell/To';
import { useFormat } from '../shell/format';
import { usePageTitle } from '../shell/language';
import { useWho } from '../sign/session';
import { PieceRow } from './PieceRow';
import { PieceView } from './PieceView';
import { Split } from './Split';
import { usePlace } from './usePlace';
import { Work, keysOf, piecesOf, totalOf } from './work';

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
  const format = useFormat();
  const { data: who } = useWho();
  const [params, go] = usePlace();
  usePageTitle(t(`menu.${props.name}`));
  const { data, error, refetch } = useGraph(Work, { states: props.states, changes: props.states, types: recordTypes });
  if (error && !data) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  const pieces = piecesOf(data);
  const open = pieces.find((piece) => piece.key === params.get('item')) ?? null;
  const close = (): void => go({ item: null });
  return (
    <Split
      title={t(`menu.${props.name}`)}
      lead={t(`work.${props.name}`)}
      keys={keysOf(props.name, who)}
      tools={
        props.name === 'drafts' && (
          <div className="desk-acts">
            {begun(who).map((type) => (
              <To key={type} to={formOf(type)} className="look-button">
                {t(`new.${kindOf(type)}`)}
              </To>
            ))}
          </div>
        )
      }
      list={
        <>
          {error && <ErrorNote error={error} onRetry={() => void refetch()} />}
          {pieces.length === 0 && <p className="desk-none">{t(`work.no.${props.name}`)}</p>}
          {totalOf(data) > pieces.length && <p className="desk-none">{t('work.cut', { shown: format.number(pieces.length), total: format.number(totalOf(data)) })}</p>}
          {pieces.length > 0 && (
            <ul className="desk-rows">
              {pieces.map((piece) => (
                <li key={piece.key}>
                  <PieceRow piece={piece} isOpen={open === piece} onOpen={() => go({ item: piece.key })} />
                </li>
              ))}
            </ul>
          )}
        </>
      }
      peek={open && <PieceView key={open.key} piece={open} onClose={close} />}
      choose={t('work.choose')}
      onClose={close}
    />
  );
}
