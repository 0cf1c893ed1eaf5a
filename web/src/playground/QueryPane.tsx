import { DOC_EXPLORER_PLUGIN } from '@graphiql/plugin-doc-explorer';
import { HeaderEditor, QueryEditor, VariableEditor, useGraphiQL, useGraphiQLActions, useMonaco } from '@graphiql/react';
import { type CSSProperties, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CheckIcon, ChevronDownIcon, ChevronUpIcon, CopyIcon, MergeIcon, PlayIcon, RefreshIcon, StopIcon, TidyIcon } from './icons';
import { Splitter } from './Splitter';

/** The operation with its commands, and under it its variables and headers. */
export function QueryPane(): ReactNode {
  const { t } = useTranslation();
  const hasMonaco = useMonaco((state) => Boolean(state.monaco));
  const { setVisiblePlugin } = useGraphiQLActions();
  const [inputs, setInputs] = useState<'variables' | 'headers' | null>(null);
  const [height, setHeight] = useState(150);
  const choose = (choice: 'variables' | 'headers'): void => setInputs(inputs === choice ? null : choice);
  return (
    <section className="pane query" id="query" tabIndex={-1} aria-label={t('query.label')} style={{ '--inputs': inputs ? `${height}px` : '0px' } as CSSProperties}>
      <Commands />
      <div className="editor" dir="ltr" lang="en">
        {hasMonaco && <QueryEditor onClickReference={() => setVisiblePlugin(DOC_EXPLORER_PLUGIN)} aria-label={t('query.label')} />}
      </div>
      {inputs && (
        <Splitter label={t('splitter.inputs')} orientation="horizontal" value={height} min={80} max={480} onMove={(_, y) => setHeight((now) => now - y)} onSet={setHeight} />
      )}
      <div className="pane-bar inputs-bar" role="group" aria-label={t('inputs.label')}>
        <button type="button" className="switch" aria-expanded={inputs === 'variables'} onClick={() => choose('variables')}>
          {t('inputs.variables')}
          {inputs === 'variables' ? <ChevronDownIcon /> : <ChevronUpIcon />}
        </button>
        <button type="button" className="switch" aria-expanded={inputs === 'headers'} onClick={() => choose('headers')}>
          {t('inputs.headers')}
          {inputs === 'headers' ? <ChevronDownIcon /> : <ChevronUpIcon />}
        </button>
        {inputs === 'headers' && <span className="bar-note">{t('inputs.headersNote')}</span>}
      </div>
      <div className="inputs" dir="ltr" lang="en" hidden={!inputs}>
        {hasMonaco && (
          <>
            <VariableEditor className={inputs === 'variables' ? '' : 'hidden'} aria-label={t('inputs.variables')} />
            <HeaderEditor className={inputs === 'headers' ? '' : 'hidden'} aria-label={t('inputs.headers')} />
          </>
        )}
      </div>
    </section>
  );
}

function Commands(): ReactNode {
  const { t } = useTranslation();
  const operations = useGraphiQL((state) => state.operations) ?? [];
  const operationName = useGraphiQL((state) => state.operationName);
  const isRunning = useGraphiQL((state) => state.isFetching || Boolean(state.subscription));
  const { run, stop, setOperationName, prettifyEditors, mergeQuery, copyQuery, introspect } = useGraphiQLActions();
  const [copied, setCopied] = useState(false);
  const copy = (): void => {
    void copyQuery();
    setCopied(true);
    setTimeout(() => setCopied(false), 2000);
  };
  const named = operations.flatMap((operation) => operation.name?.value ?? []);
  return (
    <div className="pane-bar" role="toolbar" aria-label={t('query.label')}>
      <button type="button" className="primary" onClick={() => void (isRunning ? stop() : run())}>
        {isRunning ? <StopIcon /> : <PlayIcon />}
        {t(isRunning ? 'query.stop' : 'query.run')}
        <kbd dir="ltr">Ctrl ↵</kbd>
      </button>
      {named.length > 1 && (
        <select aria-label={t('query.choose')} value={operationName ?? named[0]} onChange={(event) => setOperationName(event.target.value)}>
          {named.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      )}
      <span className="bar-space" />
      <Tool label={t('query.prettify')} onClick={() => void prettifyEditors()} icon={<TidyIcon />} />
      <Tool label={t(copied ? 'query.copied' : 'query.copy')} onClick={copy} icon={copied ? <CheckIcon /> : <CopyIcon />} />
      <Tool label={t('query.merge')} onClick={mergeQuery} icon={<MergeIcon />} bare />
      <Tool label={t('query.refresh')} onClick={() => void introspect()} icon={<RefreshIcon />} bare />
    </div>
  );
}

/** A command: a picture with its word, or with the word as its name where room is short. */
function Tool(props: { label: string; icon: ReactNode; onClick: () => void; bare?: boolean }): ReactNode {
  return (
    <button type="button" className="quiet" aria-label={props.label} title={props.label} onClick={props.onClick}>
      {props.icon}
      {!props.bare && <span className="tool-word">{props.label}</span>}
    </button>
  );
}
