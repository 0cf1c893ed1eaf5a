import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { Split } from '../desk/Split';
import { usePlace } from '../desk/usePlace';
import { written } from '../edit/fields';
import { formOf } from '../edit/kinds';
import type { PageWhere } from '../gql/graphql';
import { useGraph } from '../graph/useGraph';
import { Shape } from '../look/Badge';
import { ErrorNote } from '../look/ErrorNote';
import { Loading } from '../look/Loading';
import { More } from '../look/More';
import { Switch } from '../look/Switch';
import { Texted } from '../look/Texted';
import { badges } from '../look/states';
import { fieldTexts } from '../look/useFieldNames';
import { useNames } from '../look/useNames';
import { useFormat } from '../shell/format';
import { useLanguage, usePageTitle } from '../shell/language';
import { writesForMinistry } from '../sign/ministry';
import { useWho } from '../sign/session';
import { PageView } from './PageView';
import { type Page, Pages, fields, standingOf } from './pages';
import './pages.css';

const shows = ['current', 'archived'] as const;
const wheres: Record<(typeof shows)[number], PageWhere> = { current: { state: { ne: 'ARCHIVED' } }, archived: { state: { eq: 'ARCHIVED' } } };

/** The pages that the directorate writes itself: which texts each has in which language, whether readers see it, and when it was changed. */
export default function PagesPage(): ReactNode {
  const { t } = useTranslation(['pages', 'desk', ...fieldTexts]);
  const { locale } = useLanguage();
  const format = useFormat();
  const navigate = useNavigate();
  const { data: who } = useWho();
  const [params, go] = usePlace();
  usePageTitle(t('title'));
  const show = shows.find((one) => one === params.get('show')) ?? 'current';
  const { data, error, isPlaceholderData, refetch } = useGraph(Pages, { where: wheres[show], after: params.get('after') });
  if (error) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  const { nodes, totalCount, pageInfo } = data.pages;
  const open = nodes.find((page) => page.id === params.get('item'));
  const choose = (item: string | null): void => go({ item });
  const mayWrite = writesForMinistry(who);
  return (
    <Split
      title={t('title')}
      isWide
      isBusy={isPlaceholderData}
      count={t('count', { count: totalCount, shown: format.number(totalCount) })}
      {...(mayWrite && { onNew: { name: t('new'), act: () => void navigate(`/${locale}${formOf('Page')}`) }, keys: [{ key: 'E', name: 'edit' }] })}
      tools={<Switch label={t('shown')} options={shows.map((value) => ({ value, name: t(`show.${value}`) }))} chosen={show} onChoose={(next) => go({ show: next === 'current' ? null : next, item: null, after: null })} />}
      list={
        <>
          {!mayWrite && <p className="desk-none">{t('mayNot')}</p>}
          {nodes.length === 0 && <p className="desk-none">{t(`none.${show}`)}</p>}
          {nodes.length > 0 && (
            <ul className="desk-rows">
              {nodes.map((page) => (
                <li key={page.id}>
                  <Row page={page} isOpen={page === open} onOpen={() => choose(page.id)} />
                </li>
              ))}
            </ul>
          )}
          <More page={pageInfo} onMore={(after) => go({ after, item: null })}>
            {t('more')}
          </More>
        </>
      }
      peek={open && <PageView key={open.id} page={open} onClose={() => choose(null)} />}
      choose={t('choose')}
      onClose={() => choose(null)}
    />
  );
}

function Row(props: { page: Page; isOpen: boolean; onOpen: () => void }): ReactNode {
  const { t } = useTranslation('pages');
  const names = useNames();
  const format = useFormat();
  const { locale } = useLanguage();
  const { page } = props;
  const languages = new Intl.DisplayNames(locale, { type: 'language' });
  const [change] = page.pendingChanges.nodes;
  // Readers of a language have the whole page, a part of it, or none.
  const reach = (each: string): 'whole' | 'part' | 'none' => {
    const standings = fields.map((field) => standingOf(page, field, each)).filter((standing) => standing !== 'none');
    const has = standings.filter((standing) => standing === 'original' || standing === 'read' || standing === 'stale');
    return has.length === standings.length ? 'whole' : has.length > 0 ? 'part' : 'none';
  };
  return (
    <button type="button" className="desk-item pages-item" aria-pressed={props.isOpen} onClick={props.onOpen}>
      <Shape state={change ? badges[change.state] : badges[page.state]} />
      <span>
        <Texted text={page.title} fallback={<bdi dir="ltr">{page.slug}</bdi>} />
        <small>
          {[
            change ? t('withChange', { state: names('RecordState', change.state) }) : names('RecordState', page.state),
            ...written.map((each) => t(`reach.${reach(each)}`, { language: languages.of(each) })),
          ].join(' · ')}
        </small>
      </span>
      <time className="desk-due" dateTime={page.updatedAt}>
        {format.date(page.updatedAt)}
      </time>
    </button>
  );
}
