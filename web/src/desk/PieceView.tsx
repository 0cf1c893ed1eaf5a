import { type ReactNode, lazy, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { formOf, pages } from '../edit/kinds';
import { ask } from '../graph/ask';
import { useChange } from '../graph/useChange';
import { Compare } from '../history/Compare';
import { useLinked } from '../history/useLinked';
import { Refusals } from '../look/Refusals';
import { Texted } from '../look/Texted';
import { To } from '../shell/To';
import { useFormat } from '../shell/format';
import { useDraft } from '../shell/useDraft';
import { useWho } from '../sign/session';
import { PeekHead } from './PeekHead';
import { type Piece, type Step, documents, stepsOf } from './work';

// The forms come with their own code, once a record is looked at that is not published.
const RecordFacts = lazy(() => import('./RecordFacts'));

/** The letters that lead to the steps. */
const keyOf: Partial<Record<Step, string>> = { submit: 'S', publish: 'A', return: 'R' };

/** One record or change on its way: what it says, who said what about it, and the steps that are open. */
export function PieceView(props: { piece: Piece; onClose: () => void }): ReactNode {
  const { t } = useTranslation('desk');
  const format = useFormat();
  const { data: who } = useWho();
  const { piece } = props;
  const field = useRef<HTMLTextAreaElement>(null);
  const draft = useDraft(`comment:${piece.key}`, '');
  const comment = draft.text;
  const fields = (piece.fields ?? []).map((field) => ({ ...field, key: `${field.recordId} ${field.field}` }));
  const link = useLinked(fields);
  const change = useChange(
    async (step: Step) => (await ask(documents[step], { input: { id: piece.id, version: piece.version, ...(comment.trim() ? { comment: comment.trim() } : {}) } })).step,
    {
      onTaken: () => {
        draft.taken();
        props.onClose();
      },
      // What is missing is most often a word.
      onRefused: () => field.current?.focus(),
    },
  );
  const steps = stepsOf(piece, who?.roles ?? []);
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
      <p>
        <To to={formOf(piece.kind, piece.id)} aria-keyshortcuts="E">
          {t('edit')} <kbd dir="ltr">E</kbd>
        </To>
      </p>
      {piece.fields === null && <RecordFacts kind={piece.kind} id={piece.id} />}
      {fields.length > 0 && (
        <Compare
          kind={piece.kind}
          fields={fields}
          link={link}
          heads={{ field: t('compare.field'), before: t('compare.before'), after: t('compare.after') }}
        />
      )}
      {steps.length > 0 && (
        <div className="desk-form desk-decide look-inputs">
          <label>
            {t('work.comment')}
            <textarea ref={field} rows={2} dir="auto" value={comment} onChange={(event) => draft.write(event.target.value)} />
          </label>
          <Refusals lines={change.wrong} />
          <div className="desk-acts">
            {steps.map((step, index) => (
              <button key={step} type="button" className={index === 0 ? 'look-button look-button-main' : 'look-button'} disabled={change.isPending} aria-keyshortcuts={keyOf[step]} onClick={() => change.send(step)}>
                {t(`step.${step}`)} {keyOf[step] && <kbd dir="ltr">{keyOf[step]}</kbd>}
              </button>
            ))}
          </div>
        </div>
      )}
    </>
  );
}
