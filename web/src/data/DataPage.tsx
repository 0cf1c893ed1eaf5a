import { Check, Copy, Download } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import { WholeDownload } from '../csv/WholeDownload';
import { type Example, examples } from '../playground/examples';
import { toFragment } from '../playground/share';
import { Crumb } from '../shell/Crumb';
import { To } from '../shell/To';
import { useLanguage, usePageTitle } from '../shell/language';
import { lists } from './lists';
import './data.css';

/** The files of the standard of aid data that the server writes. */
const files = [
  { name: 'own', href: '/iati/activities.xml' },
  { name: 'all', href: '/iati/activities.xml?all=true' },
  { name: 'ownOrganisations', href: '/iati/organisations.xml' },
  { name: 'allOrganisations', href: '/iati/organisations.xml?all=true' },
] as const;

/** The data for other programs: whole lists as files, and the interface with queries to begin from. */
export default function DataPage(): ReactNode {
  const { t } = useTranslation('data');
  usePageTitle(t('title'));
  const call = `curl ${location.origin}/graphql \\\n  -H 'Content-Type: application/json' \\\n  -H 'Accept-Language: ar, en' \\\n  -d '{"query": "{ projects(first: 3) { totalCount nodes { code title { text } } } }"}'`;
  return (
    <div className="data">
      <header className="data-head">
        <Crumb>{t('title')}</Crumb>
        <h1>{t('title')}</h1>
        <p>{t('lead')}</p>
      </header>
      <section className="data-card">
        <h2>{t('lists.title')}</h2>
        <p>{t('lists.lead')}</p>
        <ul className="data-lists">
          {lists.map((list) => (
            <li key={list.name}>
              <div>
                <h3>{t(`list.${list.name}.name`)}</h3>
                <p>{t(`list.${list.name}.what`)}</p>
              </div>
              <WholeDownload name={list.name} label={t('lists.download', { name: t(`list.${list.name}.name`) })} columns={list.columns} read={list.read} />
            </li>
          ))}
        </ul>
        <p>
          {t('lists.selection')} <To to="/projects">{t('lists.projects')}</To> · <To to="/funding">{t('lists.funding')}</To>
        </p>
      </section>
      <section className="data-card">
        <h2>{t('iati.title')}</h2>
        <p>{t('iati.lead')}</p>
        <ul className="data-lists">
          {files.map(({ name, href }) => (
            <li key={name}>
              <div>
                <h3>{t(`iati.${name}`)}</h3>
                <p>{t(`iati.${name}What`)}</p>
              </div>
              <a className="look-button" href={href} download={`iati-${name}.xml`} aria-label={`${t('lists.download', { name: t(`iati.${name}`) })} XML`}>
                <Download aria-hidden size={16} /> <span dir="ltr">XML</span>
              </a>
            </li>
          ))}
        </ul>
        <p>
          <Trans t={t} i18nKey="iati.one" values={{ publisher: '?reporting-org=XM-DAC-41114', project: '?project=DEMO-PRJ-00001' }} components={{ code: <code dir="ltr" /> }} />
        </p>
      </section>
      <section className="data-card">
        <h2>{t('guide.title')}</h2>
        <p>{t('guide.lead')}</p>
        <ol className="data-rules">
          {(['one', 'pages', 'texts', 'money', 'errors'] as const).map((rule) => (
            <li key={rule}>{t(`guide.${rule}`)}</li>
          ))}
        </ol>
        <Code name={t('guide.call')} text={call} />
        <p>
          <a href="/playground">{t('guide.playground')}</a>
        </p>
      </section>
      <section className="data-card">
        <h2>{t('queries.title')}</h2>
        <p>{t('queries.lead')}</p>
        {examples.map((example) => (
          <Query key={example.id} example={example} />
        ))}
      </section>
    </div>
  );
}

function Query(props: { example: Example }): ReactNode {
  const { t } = useTranslation('data');
  const { locale } = useLanguage();
  const { title, description, query } = props.example;
  return (
    <details className="data-query">
      <summary>
        <h3>{title[locale]}</h3>
      </summary>
      <p>{description[locale]}</p>
      <Code name={title[locale]} text={query} />
      <p>
        <a href={`/playground${toFragment({ query, variables: '' })}`}>{t('queries.open')}</a>
      </p>
    </details>
  );
}

/** Text for other programs, with a button that copies it. */
function Code(props: { name: string; text: string }): ReactNode {
  const { t } = useTranslation('data');
  const [copied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(props.text);
    setCopied(true);
  };
  return (
    <div className="data-code">
      <pre dir="ltr" lang="en" tabIndex={0} role="region" aria-label={props.name}>
        <code>{props.text}</code>
      </pre>
      {/* A page without TLS has no clipboard: then the text is selected by hand. */}
      {'clipboard' in navigator && (
        <button type="button" className="look-button" onClick={() => void copy()} aria-label={t('copy', { name: props.name })}>
          {copied ? <Check aria-hidden size={16} /> : <Copy aria-hidden size={16} />} <span role="status">{t(copied ? 'copied' : 'copyShort')}</span>
        </button>
      )}
    </div>
  );
}
