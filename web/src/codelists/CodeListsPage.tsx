import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { PeekHead } from '../desk/PeekHead';
import { Search } from '../desk/Search';
import { Split } from '../desk/Split';
import { usePlace } from '../desk/usePlace';
import { PeekForm } from '../edit/PeekForm';
import { graphql } from '../gql';
import type { CodelistsItemsQuery, CodelistsListsQuery } from '../gql/graphql';
import { ask } from '../graph/ask';
import { useChange } from '../graph/useChange';
import { useGraph } from '../graph/useGraph';
import { Badge } from '../look/Badge';
import { ErrorNote } from '../look/ErrorNote';
import { Loading } from '../look/Loading';
import { More } from '../look/More';
import { Refusals } from '../look/Refusals';
import { Texted } from '../look/Texted';
import { useNames } from '../look/useNames';
import { To } from '../shell/To';
import { useFormat } from '../shell/format';
import { usePageTitle } from '../shell/language';
import { useWho } from '../sign/session';
import { itemOf } from './item';
import './codelists.css';

const Lists = graphql(`
  query CodelistsLists {
    ours: codeLists(where: { name: { startsWith: "Taawun-" } }, first: 100) {
      nodes { id name source url title { text locale direction } description { text locale direction } items { totalCount } }
    }
    standard: codeLists(where: { not: { name: { startsWith: "Taawun-" } } }, first: 100) {
      nodes { id name source url title { text locale direction } description { text locale direction } items { totalCount } }
    }
  }
`);
const Items = graphql(`
  query CodelistsItems($where: CodeListItemWhere, $after: Cursor) {
    codeListItems(where: $where, first: 50, after: $after) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes {
        id code status version
        nameAr: name(locale: "ar", fallback: []) { text locale direction }
        nameEn: name(locale: "en", fallback: []) { text locale direction }
        category { id code name { text locale direction } }
      }
    }
  }
`);
const SetStatus = graphql(`mutation CodelistsSetStatus($input: UpdateCodeListItemInput!) { updateCodeListItem(input: $input) { userErrors { path code message messageAr } } }`);

type List = CodelistsListsQuery['ours']['nodes'][number];
type Item = CodelistsItemsQuery['codeListItems']['nodes'][number];

const NEW = 'new';
const FIRST = 'Sector';
/** Lists that name the values of the contract's enumerations. */
const isEnumeration = (list: List): boolean => list.name.startsWith('Taawun-');

/** The code lists: their codes with names in Arabic and English, changed by administrators. */
export default function CodeListsPage(): ReactNode {
  const { t } = useTranslation('codelists');
  const format = useFormat();
  const { data: who } = useWho();
  const [params, go] = usePlace();
  usePageTitle(t('title'));
  const words = params.get('q') ?? '';
  const name = params.get('list') ?? FIRST;
  const shown = params.get('show') === 'withdrawn' ? 'WITHDRAWN' : 'ACTIVE';
  const lists = useGraph(Lists, {});
  const where = { list: { eq: name }, status: { eq: shown }, ...(words ? { or: [{ search: words }, { code: { startsWith: words } }] } : {}) } as const;
  const { data, error, isPlaceholderData, refetch } = useGraph(
    Items,
    { where, after: params.get('after') },
    // The items of one list are none of another: opened there, they would be changed as if they were.
    { stays: (before) => before.where?.list?.eq === name },
  );
  const failure = lists.error ?? error;
  if (failure) return <ErrorNote error={failure} onRetry={() => void Promise.all([lists.refetch(), refetch()])} />;
  if (!lists.data) return <Loading />;
  const list = [...lists.data.ours.nodes, ...lists.data.standard.nodes].find((each) => each.name === name);
  const mayWrite = who?.roles.includes('ADMINISTRATOR') ?? false;
  const mayAdd = mayWrite && list !== undefined && !isEnumeration(list);
  const items = data?.codeListItems;
  const nodes = items?.nodes ?? [];
  const item = params.get('item');
  const open = nodes.find((each) => each.id === item);
  const close = (): void => go({ item: null });
  const choose = (id: string): void => go({ item: id });
  const options = (among: readonly List[]): ReactNode =>
    among.map((each) => (
      <option key={each.id} value={each.name}>
        {each.title?.text ?? each.name} ({format.number(each.items.totalCount)})
      </option>
    ));
  return (
    <Split
      title={t('title')}
      {...(items && { lead: t('count', { count: items.totalCount, shown: format.number(items.totalCount) }) })}
      {...(mayAdd ? { onNew: { name: t('new'), act: () => choose(NEW) } } : {})}
      isBusy={isPlaceholderData}
      tools={
        <>
          <label className="codelists-list">
            {t('list')}
            <select value={name} onChange={(event) => go({ list: event.target.value, q: null, after: null, item: null })}>
              <optgroup label={t('standard')}>{options(lists.data.standard.nodes)}</optgroup>
              <optgroup label={t('ours')}>{options(lists.data.ours.nodes)}</optgroup>
            </select>
          </label>
          <Search key={name} label={t('search')} value={words} onSearch={(q) => go({ q: q || null, after: null })} />
          <div className="desk-filter" role="group" aria-label={t('shown')}>
            {(['ACTIVE', 'WITHDRAWN'] as const).map((each) => (
              <button key={each} type="button" aria-pressed={shown === each} onClick={() => go({ show: each === 'WITHDRAWN' ? 'withdrawn' : null, after: null, item: null })}>
                {t(`status.${each}`)}
              </button>
            ))}
          </div>
        </>
      }
      list={
        <>
          {list && (
            <p className="codelists-about">
              <Texted text={list.description} fallback="" /> {list.source && <span>{t('source', { source: list.source })}</span>}
            </p>
          )}
          {!items && <Loading />}
          {items && nodes.length === 0 && <p className="desk-none">{t(words ? 'noneFound' : 'none')}</p>}
          {nodes.length > 0 && (
            <ul className="desk-rows">
              {nodes.map((each) => (
                <li key={each.id}>
                  <button type="button" className="desk-item codelists-item" aria-pressed={each === open} onClick={() => choose(each.id)}>
                    <bdi dir="ltr" className="codelists-code">
                      {each.code}
                    </bdi>
                    <Texted text={each.nameAr} fallback={<em>{t('noName')}</em>} />
                    <Texted text={each.nameEn} fallback={<em>{t('noName')}</em>} />
                  </button>
                </li>
              ))}
            </ul>
          )}
          {items && (
            <More page={items.pageInfo} onMore={(after) => go({ after, item: null })}>
              {t('more')}
            </More>
          )}
        </>
      }
      choose={t('choose')}
      onClose={close}
      peek={
        list &&
        (item === NEW && mayAdd ? (
          <>
            <PeekHead onClose={close}>
              <Texted text={list.title} fallback={list.name} />
            </PeekHead>
            <h2>{t('new')}</h2>
            {list.source && <p>{t('notTheirs', { source: list.source })}</p>}
            <ItemForm list={list} id={null} onMade={choose} />
          </>
        ) : (
          open && <ItemView key={open.id} list={list} item={open} mayWrite={mayWrite} onClose={close} onMade={choose} />
        ))
      }
    />
  );
}

function ItemForm(props: { list: List; id: string | null; onMade: (id: string) => void }): ReactNode {
  const { list, id } = props;
  const form = useMemo(() => itemOf(list.id, isEnumeration(list), id === null), [list, id]);
  return <PeekForm kind={`codeListItem ${list.name}`} form={form} id={id} onMade={props.onMade} />;
}

function ItemView(props: { list: List; item: Item; mayWrite: boolean; onClose: () => void; onMade: (id: string) => void }): ReactNode {
  const { t } = useTranslation('codelists');
  const names = useNames();
  const { list, item, mayWrite } = props;
  const status = useChange(
    async (next: 'ACTIVE' | 'WITHDRAWN') => (await ask(SetStatus, { input: { id: item.id, version: item.version, codeListItem: { status: next } } })).updateCodeListItem,
    { onTaken: props.onClose },
  );
  const isActive = item.status === 'ACTIVE';
  return (
    <>
      <PeekHead onClose={props.onClose}>
        <Texted text={list.title} fallback={list.name} /> · <bdi dir="ltr">{item.code}</bdi>
      </PeekHead>
      <h2>
        <Texted text={item.nameAr ?? item.nameEn} fallback={<bdi dir="ltr">{item.code}</bdi>} />
      </h2>
      <p>
        <Badge state={isActive ? 'done' : 'archived'}>{names('CodeStatus', item.status)}</Badge>
        {item.category && (
          <>
            {' '}
            {t('category')} <bdi dir="ltr">{item.category.code}</bdi> <Texted text={item.category.name} fallback="" />
          </>
        )}
      </p>
      {mayWrite && (
        <>
          <p className="desk-none">
            {t('reviewed')} <To to="/desk/translations?task=REVIEW&kind=CodeListItem">{t('reviewQueue')}</To>
          </p>
          <ItemForm list={list} id={item.id} onMade={props.onMade} />
          {isEnumeration(list) ? (
            <p className="desk-none">{t('enumeration')}</p>
          ) : (
            <>
              <Refusals lines={status.wrong} />
              <div className="desk-acts">
                <button type="button" className="look-button" disabled={status.isPending} onClick={() => status.send(isActive ? 'WITHDRAWN' : 'ACTIVE')}>
                  {t(isActive ? 'retire' : 'restore')}
                </button>
              </div>
              <p className="desk-none">{t(isActive ? 'retireHint' : 'restoreHint')}</p>
            </>
          )}
        </>
      )}
    </>
  );
}
