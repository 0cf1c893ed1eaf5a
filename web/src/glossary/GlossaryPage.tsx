import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { PeekHead } from '../desk/PeekHead';
import { Search } from '../desk/Search';
import { Split } from '../desk/Split';
import { usePlace } from '../desk/usePlace';
import { PeekForm } from '../edit/PeekForm';
import { graphql } from '../gql';
import type { GlossaryListQuery, Role } from '../gql/graphql';
import { ask } from '../graph/ask';
import { useChange } from '../graph/useChange';
import { useGraph } from '../graph/useGraph';
import { Badge } from '../look/Badge';
import { ErrorNote } from '../look/ErrorNote';
import { Loading } from '../look/Loading';
import { More } from '../look/More';
import { Refusals } from '../look/Refusals';
import { useFormat } from '../shell/format';
import { useLanguage, usePageTitle } from '../shell/language';
import { useWho } from '../sign/session';
import { term } from './term';
import './glossary.css';

const Terms = graphql(`
  query GlossaryList($where: GlossaryTermWhere, $after: Cursor) {
    glossaryTerms(where: $where, first: 50, after: $after) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes { id sourceLocale term locale translation domain note isForbidden version updatedAt }
    }
    workingLocales { locale }
  }
`);
const Remove = graphql(`mutation GlossaryRemove($input: RecordInput!) { removeGlossaryTerm(input: $input) { userErrors { path code message messageAr } } }`);
const Forbid = graphql(`mutation GlossaryForbid($input: UpdateGlossaryTermInput!) { updateGlossaryTerm(input: $input) { userErrors { path code message messageAr } } }`);

type Term = GlossaryListQuery['glossaryTerms']['nodes'][number];

const NEW = 'new';
const writers: readonly Role[] = ['TRANSLATOR', 'REVIEWER', 'CERTIFIER', 'ADMINISTRATOR'];

/** The glossary: terms with the translation that was settled on, and those to avoid. */
export default function GlossaryPage(): ReactNode {
  const { t } = useTranslation('glossary');
  const { locale } = useLanguage();
  const format = useFormat();
  const { data: who } = useWho();
  const [params, go] = usePlace();
  usePageTitle(t('title'));
  const words = params.get('q') ?? '';
  const [from, into] = [params.get('from'), params.get('into')];
  const isForbidden = params.get('show') === 'forbidden';
  const where = {
    ...(words ? { search: words } : {}),
    ...(from ? { sourceLocale: { eq: from } } : {}),
    ...(into ? { locale: { eq: into } } : {}),
    ...(isForbidden ? { isForbidden: { eq: true } } : {}),
  };
  const { data, error, isPlaceholderData, refetch } = useGraph(Terms, { where, after: params.get('after') });
  if (error) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  const mayWrite = who?.roles.some((role) => writers.includes(role)) ?? false;
  const { nodes, totalCount, pageInfo } = data.glossaryTerms;
  const item = params.get('item');
  const open = nodes.find((each) => each.id === item);
  const close = (): void => go({ item: null });
  const choose = (id: string): void => go({ item: id });
  const names = new Intl.DisplayNames(locale, { type: 'language' });
  const language = (name: 'from' | 'into', chosen: string | null): ReactNode => (
    <label>
      {t(name)}
      <select value={chosen ?? ''} onChange={(event) => go({ [name]: event.target.value || null, after: null })}>
        <option value="">{t('every')}</option>
        {[...new Set([...data.workingLocales.map((each) => each.locale), ...(chosen ? [chosen] : [])])].map((each) => (
          <option key={each} value={each}>
            {names.of(each)}
          </option>
        ))}
      </select>
    </label>
  );
  const isFiltered = words !== '' || from !== null || into !== null || isForbidden;
  return (
    <Split
      title={t('title')}
      lead={t('count', { count: totalCount, shown: format.number(totalCount) })}
      {...(mayWrite ? { onNew: { name: t('new'), act: () => choose(NEW) } } : {})}
      isBusy={isPlaceholderData}
      tools={
        <>
          <Search label={t('search')} value={words} onSearch={(q) => go({ q: q || null, after: null })} />
          {language('from', from)}
          {language('into', into)}
          <div className="desk-filter">
            <button type="button" aria-pressed={isForbidden} onClick={() => go({ show: isForbidden ? null : 'forbidden', after: null })}>
              {t('onlyForbidden')}
            </button>
          </div>
        </>
      }
      list={
        nodes.length === 0 ? (
          <p className="desk-none">{t(isFiltered ? 'noneFound' : mayWrite ? 'none' : 'noneYet')}</p>
        ) : (
          <>
            <ul className="desk-rows">
              {nodes.map((each) => (
                <li key={each.id}>
                  <button type="button" className="desk-item glossary-item" aria-pressed={each === open} onClick={() => choose(each.id)}>
                    <Pair term={each} />
                    <span className="desk-who" dir="auto">
                      {each.domain}
                    </span>
                  </button>
                </li>
              ))}
            </ul>
            <More page={pageInfo} onMore={(after) => go({ after, item: null })}>
              {t('more')}
            </More>
          </>
        )
      }
      choose={t('choose')}
      onClose={close}
      peek={
        item === NEW && mayWrite ? (
          <>
            <PeekHead onClose={close}>{t('title')}</PeekHead>
            <h2>{t('new')}</h2>
            <PeekForm kind="glossaryTerm" form={term} id={null} onMade={choose} />
          </>
        ) : (
          open && <TermView key={open.id} term={open} mayWrite={mayWrite} onClose={close} onMade={choose} />
        )
      }
    />
  );
}

/** A term and its translation, each in its language; one to avoid is struck through and says so. */
function Pair(props: { term: Term }): ReactNode {
  const { t, i18n } = useTranslation('glossary');
  const { term: pair } = props;
  return (
    <span className="glossary-pair">
      <bdi lang={pair.sourceLocale} dir={i18n.dir(pair.sourceLocale)}>
        {pair.term}
      </bdi>
      <span aria-hidden className="glossary-arrow" />
      <bdi lang={pair.locale} dir={i18n.dir(pair.locale)}>
        {pair.isForbidden ? <del>{pair.translation}</del> : pair.translation}
      </bdi>
      {pair.isForbidden && <Badge state="late">{t('forbidden')}</Badge>}
    </span>
  );
}

function TermView(props: { term: Term; mayWrite: boolean; onClose: () => void; onMade: (id: string) => void }): ReactNode {
  const { t } = useTranslation('glossary');
  const format = useFormat();
  const { term: pair, mayWrite } = props;
  const forbid = useChange(async (isForbidden: boolean) => (await ask(Forbid, { input: { id: pair.id, version: pair.version, glossaryTerm: { isForbidden } } })).updateGlossaryTerm);
  const remove = useChange(async (_: null) => (await ask(Remove, { input: { id: pair.id, version: pair.version } })).removeGlossaryTerm, { onTaken: props.onClose });
  return (
    <>
      <PeekHead onClose={props.onClose}>{t('title')}</PeekHead>
      <h2>
        <Pair term={pair} />
      </h2>
      <p>{t('changed', { date: format.date(pair.updatedAt) })}</p>
      {!mayWrite && pair.note && <p dir="auto">{pair.note}</p>}
      {mayWrite && (
        <>
          <PeekForm kind="glossaryTerm" form={term} id={pair.id} onMade={props.onMade} />
          <Refusals lines={[...forbid.wrong, ...remove.wrong]} />
          <div className="desk-acts">
            <button type="button" className="look-button" disabled={forbid.isPending} onClick={() => forbid.send(!pair.isForbidden)}>
              {t(pair.isForbidden ? 'allow' : 'forbid')}
            </button>
            <button type="button" className="look-button" disabled={remove.isPending} onClick={() => remove.send(null)}>
              {t('retire')}
            </button>
          </div>
          <p className="desk-none">{t('retireHint')}</p>
        </>
      )}
    </>
  );
}
