import { TriangleAlert } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { tellDone } from '../desk/done';
import { graphql } from '../gql';
import { ask } from '../graph/ask';
import { useChange } from '../graph/useChange';
import { useGraph } from '../graph/useGraph';
import { Badge, Shape } from '../look/Badge';
import { Refusals } from '../look/Refusals';
import { Texted } from '../look/Texted';
import { useFieldNames } from '../look/useFieldNames';
import { useFormat } from '../shell/format';
import { useLanguage } from '../shell/language';
import { useDraft } from '../shell/useDraft';
import { useWho } from '../sign/session';
import { Source } from './Source';
import type { Hit } from './Term';
import { TakeOut } from './TakeOut';
import { missingNumbers, wordCount } from './numbers';
import { TakeBack, type Task, recordOf, shapes, standing, translates } from './queue';
import { pairOf, sentenceAt, sentencesOf } from './sentences';
import { placesOf } from './terms';
import './pair.css';

const Write = graphql(`
  mutation TranslationWrite($input: WriteTranslationInput!) {
    step: writeTranslation(input: $input) { ...TranslationStepped }
  }
  fragment TranslationStepped on TranslationPayload {
    translation { id version }
    userErrors { path code message messageAr }
  }
`);
const decisions = {
  review: graphql(`mutation TranslationReview($input: RecordInput!) { step: reviewTranslation(input: $input) { ...TranslationStepped } }`),
  certify: graphql(`mutation TranslationCertify($input: RecordInput!) { step: certifyTranslation(input: $input) { ...TranslationStepped } }`),
  return: graphql(`mutation TranslationReturn($input: RecordInput!) { step: returnTranslation(input: $input) { ...TranslationStepped } }`),
} as const;

const Advice = graphql(`
  query TranslationAdvice($text: String!, $sourceLocale: Locale!, $locale: Locale!) {
    translationSuggestions(text: $text, sourceLocale: $sourceLocale, locale: $locale, first: 3) { source text similarity status uses }
    glossaryHits(text: $text, sourceLocale: $sourceLocale, locale: $locale) { id term translation note isForbidden }
  }
`);

/** A text of so many sentences is one in which one loses one's place. */
const LONG = 3;

type Decision = keyof typeof decisions | 'write' | 'confirm';

/** One text: source and target side by side, each in its own direction; below, what may be done; beside it, memory and glossary. */
export function Bench(props: { task: Task; isGone: boolean; isFirst: boolean; isLast: boolean; onGo: (step: number) => void; onBegin: () => void; onDone: () => void }): ReactNode {
  const { t, i18n } = useTranslation('translate');
  const fields = useFieldNames();
  const { locale } = useLanguage();
  const { data: who } = useWho();
  const format = useFormat();
  const { task } = props;
  const { translation } = task;
  const record = recordOf(task);
  const draft = useDraft(task.id, standing(task));
  const said = useDraft(`comment:${task.id}`, '');
  const comment = said.text;
  const [showsChange, setShowsChange] = useState(true);
  const [place, setPlace] = useState(0);
  const { data: advice } = useGraph(Advice, { text: task.sourceText, sourceLocale: task.sourceLocale, locale: task.locale }, { stays: () => false });
  const what = [fields.field(task.field), record?.title?.text ?? record?.code].filter(Boolean).join(' · ');
  const change = useChange(
    async (decision: Decision) => {
      if (decision === 'write' || decision === 'confirm') {
        const text = decision === 'write' ? draft.text : standing(task);
        // With the digest of what stood beside it: if the source has changed meanwhile, the translation shows as stale.
        const { field, locale: into, sourceDigest } = task;
        return { decision, ...(await ask(Write, { input: { subjectId: task.subject?.id ?? '', field, locale: into, text: text.trim(), sourceDigest, ...(translation ? { version: translation.version } : {}) } })).step };
      }
      return { decision, ...(await ask(decisions[decision], { input: { id: translation?.id ?? '', version: translation?.version ?? 0, ...(comment.trim() ? { comment: comment.trim() } : {}) } })).step };
    },
    {
      onTaken: ({ decision, translation: now }) => {
        draft.taken();
        said.taken();
        tellDone({
          name: decision === 'return' ? 'sendBack' : decision,
          what,
          ...(now && { undo: async () => (await ask(TakeBack, { input: now })).takeBackTranslation }),
        });
        props.onDone();
      },
    },
  );
  // Handed in as it stood: what is to be judged is whether the change of the source touches it.
  const isConfirmed = task.task === 'REVIEW' && translation?.proposal?.text === translation?.text;
  const decides = task.task === 'REVIEW' || task.task === 'CERTIFY';
  const isChanged = draft.text.trim() !== '' && draft.text.trim() !== standing(task).trim();
  // A text that somebody else is to judge goes on as it stands; whoever changes it hands in a new one.
  const main: Decision = decides && !isChanged ? (task.task === 'REVIEW' ? 'review' : 'certify') : 'write';
  // A text that is as it was is not handed in by the way: that it is still right is said by a button of its own, which nothing urges.
  const isAsBefore = task.task === 'STALE' && draft.text.trim() === standing(task).trim();
  const mayConfirm = isAsBefore && !change.isPending && translates(who);
  const maySend = draft.text.trim() !== '' && !isAsBefore && !change.isPending;
  const suggestions = advice?.translationSuggestions ?? [];
  const keys = (event: KeyboardEvent): void => {
    const pick = event.altKey ? suggestions[Number(event.code.replace('Digit', '')) - 1] : undefined;
    if (event.ctrlKey && event.key === 'Enter') {
      if (maySend) change.send(main);
    } else if (event.altKey && event.key === 'Enter') {
      if (mayConfirm) change.send('confirm');
    } else if (event.altKey && event.key === 'ArrowDown') props.onGo(1);
    else if (event.altKey && event.key === 'ArrowUp') props.onGo(-1);
    else if (pick) write(pick.text);
    else return;
    event.preventDefault();
  };
  const names = new Intl.DisplayNames(locale, { type: 'language' });
  const write = (text: string): void => {
    props.onBegin();
    draft.write(text);
  };
  const missing = draft.text.trim() === '' ? [] : missingNumbers(task.sourceText, draft.text);
  const words = wordCount(draft.text, task.locale);
  const then = (showsChange && task.sourceThen) || null;
  const hits = advice?.glossaryHits ?? [];
  const places = placesOf(task.sourceText, hits, (hit) => hit.term);
  const warned = (word: string, of: readonly Hit[]): string => {
    const wanted = hits.find((hit) => !hit.isForbidden && of.some(({ term }) => term === hit.term));
    return t(wanted ? 'forbiddenFor' : 'forbidden', { word, term: of[0]?.term, wanted: wanted?.translation });
  };
  const sentences = useMemo(() => sentencesOf(task.sourceText, task.sourceLocale), [task.sourceText, task.sourceLocale]);
  const written = useMemo(() => sentencesOf(draft.text, task.locale), [draft.text, task.locale]);
  const now = sentences.length >= LONG ? pairOf(sentences, written, sentenceAt(draft.text, written, place)) : null;
  // A word that the glossary forbids for one term may be part of what it wants for another.
  const forbidden = placesOf(draft.text, hits, (hit) => hit.translation).filter((place) => place.terms.every((hit) => hit.isForbidden));
  return (
    <>
      <section className="translate-bench" aria-label={t('bench')} onKeyDown={keys}>
        <header className="translate-head">
          <div>
            <p>
              {fields.kind(task.subjectKind)}
              {record && (
                <>
                  {' · '}
                  {record.title && (
                    <>
                      <Texted text={record.title} /> ·{' '}
                    </>
                  )}
                  <bdi dir="ltr">{record.code}</bdi>
                </>
              )}
            </p>
            <h2>{fields.field(task.field)}</h2>
          </div>
          <Badge state={shapes[task.task]}>{t(`task.${task.task}`)}</Badge>
          <div className="translate-steps">
            <button type="button" className="look-button" disabled={props.isFirst} onClick={() => props.onGo(-1)}>
              {t('previous')} <kbd dir="ltr">Alt ↑</kbd>
            </button>
            <button type="button" className="look-button" disabled={props.isLast} onClick={() => props.onGo(1)}>
              {t('next')} <kbd dir="ltr">Alt ↓</kbd>
            </button>
          </div>
        </header>
        {props.isGone && <p className="translate-hint">{t('gone')}</p>}
        {task.task === 'STALE' && (
          <p className="translate-hint">
            {t(task.sourceThen ? 'stale' : 'staleUnknown')} {translates(who) && t('staleRight')}
          </p>
        )}
        {translation?.comment && (
          <blockquote className="translate-hint" dir="auto">
            {translation.comment}
          </blockquote>
        )}
        {isConfirmed && (
          <p className="translate-hint">
            {t('confirmed', { name: translation?.proposal?.translator ?? '' })} {t(task.sourceThen ? 'confirmedChange' : 'confirmedUnknown')}
          </p>
        )}
        <div className={now === null ? 'translate-pair' : 'translate-pair translate-long'}>
          <div>
            <h3>
              <span>
                <strong>{names.of(task.sourceLocale)}</strong> {t('original')}
                {now !== null && ` · ${t('sentence', { shown: format.number(now + 1), total: format.number(sentences.length) })}`}
              </span>
              {task.sourceThen && (
                <button type="button" className="translate-plain" aria-pressed={showsChange} onClick={() => setShowsChange(!showsChange)}>
                  {t('showChange')}
                </button>
              )}
            </h3>
            <Source text={task.sourceText} locale={task.sourceLocale} then={then} places={places} target={task.locale} sentences={sentences} now={now} />
          </div>
          <div>
            <h3>
              <span>
                <label htmlFor="translate-target">{names.of(task.locale)}</label> {t('translation')}
              </span>
              <span>{[draft.isKept && t('kept'), t('words', { count: words, shown: format.number(words) })].filter(Boolean).join(' · ')}</span>
            </h3>
            <textarea id="translate-target" lang={task.locale} dir={i18n.dir(task.locale)} value={draft.text} onChange={(event) => write(event.target.value)} onSelect={(event) => setPlace(event.currentTarget.selectionStart)} rows={8} autoFocus />
          </div>
        </div>
        {decides && (
          <label className="translate-comment">
            {t('comment')}
            <input value={comment} dir="auto" onChange={(event) => said.write(event.target.value)} />
          </label>
        )}
        <Refusals lines={change.wrong} />
        <div className="translate-acts">
          <button type="button" className={isAsBefore ? 'look-button' : 'look-button look-button-main'} disabled={!maySend} onClick={() => change.send(main)}>
            {t(`act.${main}`)} <kbd dir="ltr">Ctrl ↵</kbd>
          </button>
          {task.task === 'STALE' && translates(who) && (
            <button type="button" className="look-button" disabled={!mayConfirm} onClick={() => change.send('confirm')}>
              {t('act.confirm')} <kbd dir="ltr">Alt ↵</kbd>
            </button>
          )}
          {decides && (
            <button type="button" className="look-button" disabled={change.isPending} onClick={() => change.send('return')}>
              {t('act.return')}
            </button>
          )}
          <div role="status">
            {forbidden.map((place) => (
              <p key={place.start} className="translate-lacks">
                <TriangleAlert aria-hidden size={16} /> {warned(draft.text.slice(place.start, place.end), place.terms)}
              </p>
            ))}
          </div>
          {missing.length > 0 && (
            <p className="translate-lacks">
              <TriangleAlert aria-hidden size={16} /> {t('lacks', { count: missing.length, numbers: missing.join(t('comma')) })}
            </p>
          )}
        </div>
      </section>
      <aside className="translate-tools" aria-label={t('tools')}>
        <section>
          <h3>{t('memory')}</h3>
          {suggestions.length === 0 && <p>{t('noMemory')}</p>}
          {suggestions.map((suggestion, index) => (
            <button key={suggestion.source + suggestion.text} type="button" onClick={() => write(suggestion.text)}>
              <span lang={task.locale} dir={i18n.dir(task.locale)}>
                {suggestion.text}
              </span>
              <small>
                {format.percent(suggestion.similarity)} <kbd dir="ltr">Alt {index + 1}</kbd>
              </small>
            </button>
          ))}
        </section>
        <section>
          <h3>{t('glossary')}</h3>
          {hits.length === 0 && <p>{t('noGlossary')}</p>}
          <dl>
            {hits.map((hit) => (
              <div key={hit.id}>
                <dt lang={task.sourceLocale}>{hit.term}</dt>
                <dd lang={task.locale}>
                  {hit.isForbidden ? <del>{hit.translation}</del> : hit.translation}
                  {hit.note && <small>{hit.note}</small>}
                </dd>
              </div>
            ))}
          </dl>
        </section>
        {translation && <Standing translation={translation} />}
        {translation && (
          <TakeOut
            translation={translation}
            what={what}
            onTaken={() => {
              draft.taken();
              props.onDone();
            }}
          />
        )}
      </aside>
    </>
  );
}

/** Who has done what with this text so far, and who may do the next. */
function Standing(props: { translation: NonNullable<Task['translation']> }): ReactNode {
  const { t } = useTranslation('translate');
  const { translator, reviewer, certifier, proposal } = props.translation;
  const done: [string, string | null | undefined][] = [
    ['translated', proposal?.translator ?? translator],
    ['reviewed', proposal ? null : reviewer],
    ['certified', proposal ? null : certifier],
  ];
  return (
    <section>
      <h3>{t('standing')}</h3>
      <ul className="translate-standing">
        {done.map(([name, who]) => (
          <li key={name}>
            <Shape state={who ? 'done' : 'later'} /> {who ? t(`by.${name}`, { who }) : t(`open.${name}`)}
          </li>
        ))}
      </ul>
    </section>
  );
}
