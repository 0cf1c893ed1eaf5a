import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { useChange, useWording } from '../graph/useChange';
import { ErrorNote } from '../look/ErrorNote';
import { Loading } from '../look/Loading';
import { Refusals } from '../look/Refusals';
import { NotFoundPage } from '../shell/NotFoundPage';
import { To } from '../shell/To';
import { useFormat } from '../shell/format';
import { useLanguage, usePageTitle } from '../shell/language';
import { useDraft } from '../shell/useDraft';
import { useWho } from '../sign/session';
import { useTouch } from '../desk/useLive';
import { FieldView } from './Parts';
import { Sections } from './Sections';
import { conflicts, inputOf, isOffered, labelsOf, merged, moreOf, originalOf, placeOf, valuesOf } from './fields';
import { THERE, type Values } from './places';
import { type Form, type ReadRecord, type Saved, forms } from './forms';
import { freshName } from './freshName';
import { kindOf, pages, recordTypes } from './kinds';
import { useAutosave } from './useAutosave';
import type { Sheet } from './sheet';
import { useAskedField } from './useAskedField';
import './edit.css';
import './sections.css';
import './table.css';

const NEW = 'new';

/** The form of one record, existing or new. */
export default function EditPage(): ReactNode {
  const { kind = '', id = NEW } = useParams();
  const { t } = useTranslation('edit');
  const known = recordTypes.find((type) => kindOf(type) === kind);
  usePageTitle(known ? t(`kind.${kindOf(known)}`) : '');
  const record = useQuery({
    queryKey: ['edit', kind, id],
    queryFn: ({ signal }) => (known && id !== NEW ? forms[known].read(id, signal).then((read) => read ?? null) : null),
    enabled: known !== undefined,
  });
  if (!known) return <NotFoundPage />;
  if (record.error) return <ErrorNote error={record.error} onRetry={() => void record.refetch()} />;
  if (record.data === undefined) return <Loading />;
  if (record.data === null && id !== NEW) return <NotFoundPage />;
  return <RecordForm key={`${kind} ${id}`} kind={kind} form={forms[known]} record={record.data} page={pages[known]} onConflict={() => void record.refetch()} />;
}

/** What this browser keeps of a form until it is saved: what was written where, over what, and the name under which a new record is made only once. */
interface Kept {
  base: Values;
  values: Values;
  /** What the records are called that were linked here. */
  labels: Record<string, string>;
  once: string;
}

interface RecordFormProps {
  /** Under which the browser keeps what is written. */
  kind: string;
  form: Form;
  record: ReadRecord | null;
  /** Where the record is read, if it has a page of its own. */
  page?: string;
  onConflict: () => void;
  /** Called with the id of a new record; without it the page of its form is opened. */
  onMade?: (id: string) => void;
}

/** The form of a record that was read, or of a new one. It keeps what is written until it is saved. */
export function RecordForm(props: RecordFormProps): ReactNode {
  const { t } = useTranslation('edit');
  const { locale } = useLanguage();
  const navigate = useNavigate();
  const wording = useWording();
  useAskedField();
  const format = useFormat();
  const { kind, form, record, page } = props;
  const touch = useTouch(record?.id);
  const { data: who } = useWho();
  const read = record as unknown as Record<string, unknown>;
  // What was saved stands here until the record is read again as the save has left it: what was read before would take it away, and be in conflict.
  const [awaited, setAwaited] = useState<Pick<Kept, 'values' | 'labels'> & { version: number }>();
  const isAwaited = record !== null && awaited !== undefined && record.version < awaited.version;
  const asRead = useMemo(() => (record ? valuesOf(form.fields, record as unknown as Record<string, unknown>) : {}), [form, record]);
  const theirs = isAwaited ? awaited.values : asRead;
  const draft = useDraft(`${kind}:${record?.id ?? NEW}`, useMemo(() => JSON.stringify({ base: {}, values: {}, labels: {}, once: freshName() } satisfies Kept), [record?.id]));
  const { base, values, labels, once } = useMemo(() => JSON.parse(draft.text) as Kept, [draft.text]);
  const [undo, setUndo] = useState<string[]>([]);
  const keep = (next: Partial<Kept>): void => draft.write(JSON.stringify({ base, values, labels, once, ...next }));
  const shown = useMemo(() => merged(values, base, theirs), [values, base, theirs]);
  const input = useMemo(() => inputOf(form.fields, shown, theirs), [form, shown, theirs]);
  // What was sent, and what stands here by the time it is taken: somebody may have gone on writing.
  const sent = useRef({ text: '', values: {} as Values });
  const written = useRef('');
  written.current = draft.text;
  const save = useChange<void, Saved>(() => {
    sent.current = { text: draft.text, values: shown };
    return record ? form.update(record.id, record.version, input) : form.create(once, form.isWritten ? { originalLocale: originalOf(form.fields, shown, locale), ...input } : input);
  }, {
    onTaken: (saved) => {
      const kept = JSON.parse(sent.current.text) as Kept;
      if (!record || written.current === sent.current.text) draft.taken();
      else draft.write(JSON.stringify(goneOn(kept, sent.current.values, JSON.parse(written.current) as Kept)));
      setUndo([]);
      setAwaited({ version: saved.record?.version ?? 0, values: sent.current.values, labels: kept.labels });
      if (record || !saved.record) return;
      if (props.onMade) props.onMade(saved.record.id);
      else void navigate(`/${locale}/desk/edit/${kind}/${saved.record.id}`, { replace: true });
    },
    onRefused: (refusals) => {
      if (refusals.some((refusal) => refusal.code === 'CONFLICT')) props.onConflict();
    },
  });
  const disputed = conflicts(values, base, theirs);
  const isChanged = Object.keys(input).length > 0;
  // What two have written differently is settled first, whether by button or by key.
  const isUnderWay = save.isPending || isAwaited;
  const maySave = isChanged && !isUnderWay && disputed.length === 0;
  // Whoever saves again before the save before has settled means what stands here then.
  const [isWished, setWished] = useState(false);
  const wish = (): void => (maySave ? save.send() : setWished(isChanged && isUnderWay));
  useEffect(() => {
    if (!isWished || isUnderWay) return;
    setWished(false);
    if (maySave) save.send();
  }, [isWished, isUnderWay]);
  // What nobody else reads yet saves itself. A published record changes, and a new one begins, only when somebody says so.
  // Parts that were added are sent when they are finished, not while they are being filled in.
  const isAdding = Object.keys(shown).some((place) => shown[place] === THERE && place.includes('/') && theirs[place] !== THERE);
  const savesItself = !isAdding && (record?.state === 'DRAFT' || record?.state === 'RETURNED');
  useAutosave(savesItself && maySave ? JSON.stringify(input) : null, save.refusals.length > 0, save.send);
  const called = useMemo(() => ({ ...(record && labelsOf(form.fields, record as unknown as Record<string, unknown>)), ...(isAwaited && awaited.labels), ...labels }), [form, record, isAwaited, awaited, labels]);
  const now = useRef<Pick<Sheet, 'onWrite' | 'onTakeTheirs' | 'onKeepMine'>>(null);
  now.current = {
    onWrite: (texts, names = {}) => {
      setUndo((steps) => [...steps.slice(-99), draft.text]);
      const before = Object.fromEntries(Object.keys(texts).flatMap((place) => (place in values ? [] : [[place, theirs[place] ?? '']])));
      keep({ base: { ...base, ...before }, values: { ...values, ...texts }, labels: { ...labels, ...names } });
    },
    onTakeTheirs: (place) => keep({ values: Object.fromEntries(Object.entries(values).filter(([other]) => other !== place)) }),
    onKeepMine: (place) => keep({ base: { ...base, [place]: theirs[place] ?? '' } }),
  };
  // Always the same functions: a part that nobody touches is not drawn again with each letter that is written elsewhere.
  const acts = useMemo<Pick<Sheet, 'onWrite' | 'onTakeTheirs' | 'onKeepMine'>>(
    () => ({
      onWrite: (texts, names) => now.current?.onWrite(texts, names),
      onTakeTheirs: (place) => now.current?.onTakeTheirs(place),
      onKeepMine: (place) => now.current?.onKeepMine(place),
    }),
    [],
  );
  const back = (): void => {
    const step = undo.at(-1);
    if (step === undefined) return;
    draft.write(step);
    setUndo((steps) => steps.slice(0, -1));
  };
  const keys = (event: KeyboardEvent): void => {
    const step = undo.at(-1);
    if (!event.ctrlKey) return;
    if (event.code === 'KeyS') wish();
    else if (event.code === 'KeyZ' && step !== undefined && !(event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement)) back();
    else return;
    event.preventDefault();
  };
  // Wherever the focus is: a button that was pressed may be gone.
  useEffect(() => {
    addEventListener('keydown', keys);
    return () => removeEventListener('keydown', keys);
  });
  // What belongs to no field stands above the form; a conflict is told field by field.
  const refused = save.refusals.map((refusal) => ({ refusal, place: placeOf(form.fields, refusal.path, shown, theirs) }));
  // A request that failed refuses no field.
  const general = save.refusals.length === 0 ? save.wrong : wording.refused(refused.filter(({ place }) => place === undefined).map(({ refusal }) => refusal));
  const sheet: Sheet = {
    values: shown,
    // The server names what is missing as the contract does; beside its field it needs no name.
    wrong: byPlace(refused.map(({ refusal, place }) => [place ?? '', ...(refusal.code === 'REQUIRED' && refusal.path.length > 0 ? [t('required')] : wording.refused([refusal]))])),
    theirs: Object.fromEntries(disputed.map((place) => [place, theirs[place] ?? ''])),
    labels: called,
    more: record ? moreOf(form.fields, read) : {},
    ...acts,
  };
  return (
    <form className={form.sections ? 'edit edit-long look-inputs' : 'edit look-inputs'} noValidate onSubmit={(event) => event.preventDefault()}>
      <header>
        {!props.onMade && <h1>{record ? [t(`kind.${kind}`), record.code].filter(Boolean).join(' · ') : t(`new.${kind}`)}</h1>}
        {record && page && <To to={page + record.id}>{t('look')}</To>}
      </header>
      <p role="status" className="edit-status">
        {save.isPending ? t('saving') : isChanged ? t(savesItself ? 'savesItself' : 'unsaved') : (save.taken ? save.taken.change : record?.waits) ? t('waits') : save.taken ? t('saved', { time: format.time(save.takenAt) }) : t('unchanged')}{' '}
        {save.taken && page && <To to="/desk/drafts">{t('drafts')}</To>}
      </p>
      {touch?.name && touch.account !== who?.account?.id && (
        <p role="status" className="edit-touched">
          {t('touched', { name: touch.name, time: format.time(Date.parse(touch.at)) })}
        </p>
      )}
      {disputed.length > 0 && <Refusals lines={[t('conflict')]} />}
      {disputed.length === 0 && <Refusals lines={general} />}
      {record?.refused && save.wrong.length === 0 && <Refusals lines={wording.refused(record.refused)} />}
      {form.sections ? (
        <Sections sections={form.sections} sheet={sheet} />
      ) : (
        <div className="edit-fields">
          {form.fields.filter((field) => isOffered(field, shown)).map((field) => (
            <FieldView key={field.name} field={field} sheet={sheet} level={2} />
          ))}
        </div>
      )}
      <div className="edit-acts">
        <button type="button" className="look-button look-button-main" disabled={!isChanged || disputed.length > 0} onClick={wish}>
          {t('save')} <kbd dir="ltr">Ctrl S</kbd>
        </button>
        <button type="button" className="look-button" disabled={undo.length === 0} onClick={back}>
          {t('undo')}
        </button>
      </div>
    </form>
  );
}

/** What is kept once a save was taken, if somebody wrote on meanwhile: what was sent stands now, and what was written since stands over it. */
function goneOn(sent: Kept, taken: Values, since: Kept): Kept {
  const later = Object.entries(since.values).filter(([place, text]) => text !== sent.values[place]);
  return { ...since, base: Object.fromEntries(later.map(([place]) => [place, taken[place] ?? ''])), values: Object.fromEntries(later), once: freshName() };
}

/** Lines gathered by the place before them. */
function byPlace(lines: readonly (readonly string[])[]): Record<string, string[]> {
  const gathered: Record<string, string[]> = {};
  for (const [place = '', ...words] of lines) (gathered[place] ??= []).push(...words);
  return gathered;
}
