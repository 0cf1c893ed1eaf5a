import { ResponseEditor, useGraphiQL, useMonaco } from '@graphiql/react';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type GraphQLAnswer, errorsOf } from '../graph/endpoint';
import { WarningIcon } from './icons';
import { type Json, isObject, parseJson } from '../graph/json';
import { TablePane } from './TablePane';

/** The answer, as JSON or laid out as a table. */
export function ResultPane(props: { answer: GraphQLAnswer | null }): ReactNode {
  const { t } = useTranslation();
  const [mode, setMode] = useState<'json' | 'table'>('json');
  const hasMonaco = useMonaco((state) => Boolean(state.monaco));
  const isFetching = useGraphiQL((state) => state.isFetching);
  const text = useResponseText();
  const body = useMemo(() => parseJson(text), [text]);
  return (
    <section className="pane result" aria-label={t('result.label')} data-mode={mode} aria-busy={isFetching}>
      <div className="pane-bar">
        <div className="segments" role="group" aria-label={t('result.label')}>
          <button type="button" aria-pressed={mode === 'json'} onClick={() => setMode('json')}>
            {t('result.json')}
          </button>
          <button type="button" aria-pressed={mode === 'table'} onClick={() => setMode('table')}>
            {t('result.table')}
          </button>
        </div>
        <span className="bar-space" />
        <Facts answer={text && !isFetching ? props.answer : null} body={body} isFetching={isFetching} />
      </div>
      {isFetching && <div className="working" />}
      <Errors body={body} />
      <div className="editor result-json" dir="ltr" hidden={mode !== 'json'}>
        {hasMonaco && <ResponseEditor aria-label={t('result.json')} aria-live="off" />}
        {!text && !isFetching && (
          <div className="empty" dir="auto">
            <p>{t('result.empty')}</p>
            <p className="empty-hint">{t('result.emptyHint')}</p>
          </div>
        )}
      </div>
      {mode === 'table' && <TablePane data={isObject(body) ? (body['data'] ?? null) : null} />}
    </section>
  );
}

/** The text of the result, whoever put it there: a run, or a tab that was opened again. */
function useResponseText(): string {
  const editor = useGraphiQL((state) => state.responseEditor);
  const [text, setText] = useState('');
  useEffect(() => {
    if (!editor) return;
    setText(editor.getValue());
    const subscription = editor.onDidChangeModelContent(() => setText(editor.getValue()));
    return () => subscription.dispose();
  }, [editor]);
  return text;
}

function Facts(props: { answer: GraphQLAnswer | null; body: Json | undefined; isFetching: boolean }): ReactNode {
  const { t, i18n } = useTranslation();
  const number = new Intl.NumberFormat(i18n.language === 'ar' ? 'ar-SY-u-nu-latn' : 'en', { maximumFractionDigits: 1 });
  const errors = props.body === undefined ? 0 : errorsOf(props.body).length;
  return (
    <p className="facts" role="status">
      {props.isFetching && <span>{t('result.running')}</span>}
      {!props.isFetching && errors > 0 && <span className="facts-errors">{t('result.errors', { count: errors })}</span>}
      {props.answer && (
        <>
          <span>{t('result.duration', { ms: number.format(Math.max(1, Math.round(props.answer.duration))) })}</span>
          <span>{t('result.size', { size: number.format(props.answer.size / 1000) })}</span>
        </>
      )}
    </p>
  );
}

/** What went wrong, in the language of the page; the JSON below has every detail. */
function Errors(props: { body: Json | undefined }): ReactNode {
  const { i18n } = useTranslation();
  const errors = props.body === undefined ? [] : errorsOf(props.body);
  if (errors.length === 0) return null;
  return (
    <ul className="errors">
      {errors.slice(0, 3).map((error, index) => (
        <li key={index}>
          <WarningIcon />
          <span dir="auto">{(i18n.language === 'ar' && error.messageAr) || error.message}</span>
          {error.code && <code dir="ltr">{error.code}</code>}
        </li>
      ))}
    </ul>
  );
}
