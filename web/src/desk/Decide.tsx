import { type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../graph/ask';
import { useChange } from '../graph/useChange';
import { Refusals } from '../look/Refusals';
import { useDraft } from '../shell/useDraft';
import { useWho } from '../sign/session';
import { tellDone } from './done';
import { type Piece, type Step, documents, opposites, stepsOf, versionOf } from './work';

/** The letters that lead to the steps. */
const keyOf: Partial<Record<Step, string>> = { submit: 'S', publish: 'A', return: 'R' };

const said = (comment: string): { comment?: string } => (comment.trim() ? { comment: comment.trim() } : {});

/** The steps that are open to a record or change on its way to publication, with what is said about them; nothing for those who may take none. */
export function Decide(props: { piece: Pick<Piece, 'key' | 'id' | 'version' | 'kind' | 'code' | 'title' | 'state' | 'comment' | 'fields'>; onTaken: () => void }): ReactNode {
  const { t } = useTranslation('desk');
  const { data: who } = useWho();
  const { piece } = props;
  const field = useRef<HTMLTextAreaElement>(null);
  const draft = useDraft(`comment:${piece.key}`, '');
  const comment = draft.text;
  const change = useChange(
    async (step: Step) => ({ ...(await ask(documents[step], { input: { id: piece.id, version: piece.version, ...said(comment) } })).step, taken: step }),
    {
      onTaken: (answer) => {
        draft.taken();
        const opposite = opposites[answer.taken];
        tellDone({
          name: answer.taken,
          what: piece.title?.text ?? piece.code,
          subject: piece.id,
          // What its author had said is said again where it goes back to the review.
          ...(opposite && { undo: async () => (await ask(documents[opposite], { input: { id: piece.id, version: versionOf(answer), ...said(piece.comment ?? '') } })).step }),
        });
        props.onTaken();
      },
      // What is missing is most often a word.
      onRefused: () => field.current?.focus(),
    },
  );
  const steps = stepsOf(piece, who);
  if (steps.length === 0) return null;
  return (
    <div className="desk-form desk-decide look-inputs">
      <label>
        {t(steps.includes('return') ? 'work.comment' : 'work.remark')}
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
  );
}
