import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { Decide } from '../desk/Decide';
import { RecordForm } from '../edit/EditPage';
import { written } from '../edit/fields';
import type { ReadRecord } from '../edit/forms';
import { builtInPage, page as ownPage } from '../edit/forms/page';
import { formOf } from '../edit/kinds';
import { useGraph } from '../graph/useGraph';
import { ErrorNote } from '../look/ErrorNote';
import { Loading } from '../look/Loading';
import { Switch } from '../look/Switch';
import { PageText } from '../page/PageText';
import { NotFoundPage } from '../shell/NotFoundPage';
import { To } from '../shell/To';
import { useLanguage, usePageTitle } from '../shell/language';
import { writesForMinistry } from '../sign/ministry';
import { useWho } from '../sign/session';
import { Markup } from './Markup';
import { Waiting } from './PageView';
import { Texts } from './Texts';
import { Pages, builtIn, pieceOf } from './pages';
import { useStanding } from './useStanding';
import './pages.css';

const NEW = 'new';

/** The form of one page, existing or new, with what readers will see of it beside it. */
export default function PageEditor(): ReactNode {
  const { t } = useTranslation(['pages', 'edit']);
  const { id = NEW } = useParams();
  const { data: who } = useWho();
  usePageTitle(t('title'));
  // The query of every form, so that events of the record reach it.
  const record = useQuery({
    queryKey: ['edit', 'page', id],
    queryFn: ({ signal }) => (id === NEW ? null : ownPage.read(id, signal).then((read) => read ?? null)),
  });
  if (!writesForMinistry(who))
    return (
      <div className="pages-closed">
        <h1>{t('title')}</h1>
        <p>{t('mayNot')}</p>
        <p>
          <To to="/desk/pages">{t('toList')}</To>
        </p>
      </div>
    );
  if (record.error) return <ErrorNote error={record.error} onRetry={() => void record.refetch()} />;
  if (record.data === undefined) return <Loading />;
  if (record.data === null && id !== NEW) return <NotFoundPage />;
  return <Editor key={id} record={record.data} onConflict={() => void record.refetch()} />;
}

function Editor(props: { record: ReadRecord | null; onConflict: () => void }): ReactNode {
  const { t } = useTranslation('pages');
  const { locale } = useLanguage();
  const navigate = useNavigate();
  const form = useRef<HTMLDivElement>(null);
  const standing = useStanding(form);
  const [shown, setShown] = useState<(typeof written)[number]>(locale);
  const { record } = props;
  const page = useGraph(Pages, { where: { id: { eq: record?.id ?? '' } }, after: null }, { enabled: record !== null }).data?.pages.nodes[0];
  const piece = page && pieceOf(page);
  const names = new Intl.DisplayNames(locale, { type: 'language' });
  const text = (field: string): { text: string; locale: string; direction: 'RTL' | 'LTR' } | null => {
    const stands = standing[`${field}.${shown}`]?.trim();
    return stands ? { text: stands, locale: shown, direction: shown === 'ar' ? 'RTL' : 'LTR' } : null;
  };
  return (
    <div className="pages-editor">
      <div ref={form} className="pages-form">
        <nav className="look-crumb" aria-label={t('title')}>
          <To to={`/desk/pages${record ? `?item=${record.id}` : ''}`}>{t('title')}</To>
        </nav>
        <h1>{record ? t('called', { slug: record.code }) : t('new')}</h1>
        <p className="desk-none">{record ? t(`stands.${record.code}`, { defaultValue: '' }) : t('newHint')}</p>
        <RecordForm kind="page" form={record?.code && builtIn.includes(record.code) ? builtInPage : ownPage} record={record} onConflict={props.onConflict} onMade={(id) => void navigate(`/${locale}${formOf('Page', id)}`, { replace: true })} />
      </div>
      <aside className="pages-beside" aria-label={t('preview')}>
        <section className="pages-preview">
          <header>
            <h2>{t('preview')}</h2>
            <Switch label={t('language')} options={written.map((value) => ({ value, name: names.of(value) ?? value }))} chosen={shown} onChoose={setShown} />
          </header>
          <article lang={shown} dir={shown === 'ar' ? 'rtl' : 'ltr'} className="shell-plain" tabIndex={0} aria-label={t('preview')}>
            {text('title') ? <PageText title={text('title')} lead={text('lead')} body={text('body')} as="h2" /> : <p className="desk-none">{t('noTitle', { language: names.of(shown) })}</p>}
          </article>
        </section>
        <Markup />
        {page && (
          <section>
            <h2>{t('publication')}</h2>
            {piece ? <Waiting page={page} /> : <p>{t('isPublished')}</p>}
            <Texts page={page} />
            <p className="desk-none">{t('reviewed')}</p>
            {piece && <Decide key={piece.key} piece={piece} onTaken={() => {}} />}
          </section>
        )}
      </aside>
    </div>
  );
}
