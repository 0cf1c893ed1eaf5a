import { type ReactNode, Suspense, lazy } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { graphql } from '../gql';
import { useGraph } from '../graph/useGraph';
import { ErrorNote } from '../look/ErrorNote';
import { Loading } from '../look/Loading';
import { Texted } from '../look/Texted';
import { Crumb } from '../shell/Crumb';
import { NotFoundPage } from '../shell/NotFoundPage';
import { useFormat } from '../shell/format';
import { usePageTitle } from '../shell/language';
import { writesForMinistry } from '../sign/ministry';
import { useWho } from '../sign/session';
import { PageText } from './PageText';

// Readers need nothing of the desk.
const EditWay = lazy(() => import('./EditWay'));

const Content = graphql(`
  query Content($slug: String!) {
    page(by: { slug: $slug }) {
      id
      state
      updatedAt
      title { text locale direction }
      lead { text locale direction }
      body { text locale direction }
    }
  }
`);

/** A page that the directorate writes itself, as a record of the system: about, how we count, and so on. */
export default function ContentPage(): ReactNode {
  const { t } = useTranslation('shell');
  const format = useFormat();
  const { slug = '' } = useParams();
  const { data: who } = useWho();
  const { data, error, refetch } = useGraph(Content, { slug });
  const page = data?.page;
  usePageTitle(page?.title?.text ?? '');
  if (error) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  if (!page) return <NotFoundPage />;
  return (
    <article className="shell-plain">
      <Crumb>
        <Texted text={page.title} />
      </Crumb>
      {writesForMinistry(who) && (
        <Suspense>
          <EditWay page={page} />
        </Suspense>
      )}
      <PageText title={page.title} lead={page.lead} body={page.body} />
      <p className="shell-note">{t('updated', { date: format.date(page.updatedAt) })}</p>
    </article>
  );
}
