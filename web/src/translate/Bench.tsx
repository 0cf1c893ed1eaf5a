import { type KeyboardEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../gql';
import { ask } from '../graph/ask';
import { useChange } from '../graph/useChange';
import { useGraph } from '../graph/useGraph';
import { Refusals } from '../look/Refusals';
import { useFormat } from '../shell/format';
import { useLanguage } from '../shell/language';
import { useDraft } from '../shell/useDraft';
import { Difference } from './Difference';
import { type Task, standing } from './queue';

const Write = graphql(`
  mutation TranslationWrite($input: WriteTranslationInput!) {
    step: writeTranslation(input: $input) { userErrors { path code message messageAr } }
  }
`);
const decisions = {
  review: graphql(`mutation TranslationReview($input: RecordInput!) { step: reviewTranslation(input: $input) { userErrors { path code message messageAr } } }`),
  certify: graphql(`mutation TranslationCertify($input: RecordInput!) { step: certifyTranslation(input: $input) { userErrors { path code message messageAr } } }`),
  return: graphql(`mutation TranslationReturn($input: RecordInput!) { step: returnTranslation(input: $input) { userErrors { path code message messageAr } } }`),
} as const;

const Advice = graphql(`
  query TranslationAdvice($text: String!, $sourceLocale: Locale!, $locale: Locale!) {
    translationSuggestions(text: $text, sourceLocale: $sourceLocale, locale: $locale, first: 3) { source text similarity status uses }
    glossaryHits(text: $text, sourceLocale: $sourceLocale, locale: $locale) { id term translation note isForbidden }
  }
`);

type Decision = keyof typeof decisions | 'write';

/** One text: source and target side by side, each in its own direction; below, what may be done; beside it, memory and glossary. */
export function Bench(props: { task: Task; onGo: (step: number) => void }): ReactNode {
  const { t, i18n } = useTranslation('translate');
  const { locale } = useLanguage();
  const format = useFormat();
  const { task } = props;
  const { translation } = task;
  const draft = useDraft(task.id, standing(task));
  const [comment, setComment] = useState('');
  const [showsChange, setShowsChange] = useState(true);
  const { data: advice } = useGraph(Advice, { text: task.sourceText, sourceLocale: task.sourceLocale, locale: task.locale }, { stays: () => false });
  const change = useChange(
    async (decision: Decision) => {
      if (decision === 'write') {
        // With the digest of what stood beside it: if the source has changed meanwhile, the translation shows as stale.
        const { field, locale: into, sourceDigest } = task;
        return (await ask(Write, { input: { subjectId: task.subject?.id ?? '', field, locale: into, text: draft.text.trim(), sourceDigest, ...(translation ? { version: translation.version } : {}) } })).step;
      }
      return (await ask(decisions[decision], { input: { id: translation?.id ?? '', version: translation?.version ?? 0, ...(comment.trim() ? { comment: comment.trim() } : {}) } })).step;
    },
    {
      onTaken: () => {
        draft.taken();
        props.onGo(1);
      },
    },
  );
  const decides = task.task === 'REVIEW' || task.task === 'CERTIFY';
  const isChanged = draft.text.trim() !== '' && draft.text.trim() !== standing(task).trim();
  // A text that somebody else is to judge goes on as it stands; whoever changes it hands in a new one.
  const main: Decision = decides && !isChanged ? (task.task === 'REVIEW' ? 'review' : 'certify') : 'write';
  const maySend = draft.text.trim() !== '' && !change.isPending;
  const suggestions = advice?.translationSuggestions ?? [];
  const keys = (event: KeyboardEvent): void => {
    const pick = event.altKey ? suggestions[Number(event.code.replace('Digit', '')) - 1] : undefined;
    if (event.ctrlKey && event.key === 'Enter') {
      if (maySend) change.send(main);
    } else if (event.altKey && event.key === 'ArrowDown') props.onGo(1);
    else if (event.altKey && event.key === 'ArrowUp') props.onGo(-1);
    else if (pick) draft.write(pick.text);
    else return;
    event.preventDefault();
  };
  const names = new Intl.DisplayNames(locale, { type: 'language' });
  const then = showsChange ? task.sourceThen : null;
  return (
    <>
      <section className="translate-bench" aria-label={t('bench')} onKeyDown={keys}>
        <h2>
          {t(`subject.${task.subjectKind}`, { defaultValue: task.subjectKind })} · {t(`field.${task.field}`, { defaultValue: task.field })}
        </h2>
        {task.task === 'STALE' && <p className="translate-hint">{t(task.sourceThen ? 'stale' : 'staleUnknown')}</p>}
        {translation?.comment && (
          <blockquote className="translate-hint" dir="auto">
            {translation.comment}
          </blockquote>
        )}
        <div className="translate-pair">
          <div>
            <h3>
              {names.of(task.sourceLocale)}
              {task.sourceThen && (
                <button type="button" className="translate-plain" aria-pressed={showsChange} onClick={() => setShowsChange(!showsChange)}>
                  {t('showChange')}
                </button>
              )}
            </h3>
            {then ? (
              <Difference before={then} after={task.sourceText} locale={task.sourceLocale} />
            ) : (
              <p className="translate-source" lang={task.sourceLocale} dir={i18n.dir(task.sourceLocale)}>
                {task.sourceText}
              </p>
            )}
          </div>
          <div>
            <h3>
              <label htmlFor="translate-target">{names.of(task.locale)}</label>
              {draft.isKept && <span>{t('kept')}</span>}
            </h3>
            <textarea id="translate-target" lang={task.locale} dir={i18n.dir(task.locale)} value={draft.text} onChange={(event) => draft.write(event.target.value)} rows={8} autoFocus />
          </div>
        </div>
        {translation && <p className="translate-who">{[translation.proposal?.translator ?? translation.translator, translation.reviewer].filter(Boolean).join(' · ')}</p>}
        {decides && (
          <label className="translate-comment">
            {t('comment')}
            <input value={comment} dir="auto" onChange={(event) => setComment(event.target.value)} />
          </label>
        )}
        <Refusals lines={change.wrong} />
        <div className="translate-acts">
          <button type="button" className="look-button look-button-main" disabled={!maySend} onClick={() => change.send(main)}>
            {t(`act.${main}`)} <kbd dir="ltr">Ctrl ↵</kbd>
          </button>
          {decides && (
            <button type="button" className="look-button" disabled={change.isPending} onClick={() => change.send('return')}>
              {t('act.return')}
            </button>
          )}
          <span className="translate-keys">
            <kbd dir="ltr">Alt ↓</kbd> {t('next')} <kbd dir="ltr">Alt ↑</kbd> {t('previous')}
          </span>
        </div>
      </section>
      <aside className="translate-tools" aria-label={t('tools')}>
        <section>
          <h3>{t('memory')}</h3>
          {suggestions.length === 0 && <p>{t('noMemory')}</p>}
          {suggestions.map((suggestion, index) => (
            <button key={suggestion.source + suggestion.text} type="button" onClick={() => draft.write(suggestion.text)}>
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
          {(advice?.glossaryHits ?? []).length === 0 && <p>{t('noGlossary')}</p>}
          <dl>
            {advice?.glossaryHits.map((hit) => (
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
      </aside>
    </>
  );
}
