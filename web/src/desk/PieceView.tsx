import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formOf, pages } from '../edit/kinds';
import { ask } from '../graph/ask';
import { useChange } from '../graph/useChange';
import { Refusals } from '../look/Refusals';
import { Texted } from '../look/Texted';
import { useFieldNames } from '../look/useFieldNames';
import { To } from '../shell/To';
import { useFormat } from '../shell/format';
import { useWho } from '../sign/session';
import { PeekHead } from './PeekHead';
import { type ChangedField, type Piece, type Step, documents, stepsOf } from './work';

/** The letters that lead to the steps. */
const keyOf: Partial<Record<Step, string>> = { submit: 'S', publish: 'A', return: 'R' };

/** One record or change on its way: what it says, who said what about it, and the steps that are open. */
export function PieceView(props: { piece: Piece; onClose: () => void }): ReactNode {
  const { t } = useTranslation('desk');
  const format = useFormat();
  const { data: who } = useWho();
  const [comment, setComment] = useState('');
  const { piece } = props;
  const change = useChange(
    async (step: Step) => (await ask(documents[step], { input: { id: piece.id, version: piece.version, ...(comment.trim() ? { comment: comment.trim() } : {}) } })).step,
    { onTaken: props.onClose },
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
      {piece.fields && <Comparison kind={piece.kind} fields={piece.fields} />}
      {steps.length > 0 && (
        <div className="desk-form look-inputs">
          <label>
            {t('work.comment')}
            <textarea rows={2} dir="auto" value={comment} onChange={(event) => setComment(event.target.value)} />
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

/** What readers see today beside what they will see, of a record of this type and of its parts. */
function Comparison(props: { kind: string; fields: readonly ChangedField[] }): ReactNode {
  const { t } = useTranslation('desk');
  const names = useFieldNames();
  return (
    <table className="desk-compare">
      <thead>
        <tr>
          <th scope="col">{t('compare.field')}</th>
          <th scope="col">{t('compare.before')}</th>
          <th scope="col">{t('compare.after')}</th>
        </tr>
      </thead>
      <tbody>
        {props.fields.map((field) => (
          <tr key={`${field.recordId} ${field.field}`}>
            <th scope="row" title={`${field.kind}.${field.field}`}>
              {field.kind !== props.kind && <span className="desk-kind">{names.kind(field.kind)} </span>}
              {names.field(field.field)}
            </th>
            <td>
              <Plain value={field.before} />
            </td>
            <td>
              <Plain value={field.after} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A value of any kind as a line of text. */
function Plain(props: { value: unknown }): ReactNode {
  const { value } = props;
  if (value === null || value === undefined) return '–';
  return <span dir="auto">{typeof value === 'string' ? value : JSON.stringify(value)}</span>;
}
