import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import Markdown from 'react-markdown';
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

const Content = graphql(`
  query Content($slug: String!) {
    page(by: { slug: $slug }) {
      id
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
      <h1>
        <Texted text={page.title} />
      </h1>
      {page.lead && (
        <p>
          <strong>
            <Texted text={page.lead} />
          </strong>
        </p>
      )}
      {page.body && (
        <div lang={page.body.locale} dir={page.body.direction === 'RTL' ? 'rtl' : 'ltr'}>
          <Markdown>{page.body.text}</Markdown>
        </div>
      )}
      <p className="shell-note">{t('updated', { date: format.date(page.updatedAt) })}</p>
    </article>
  );
}
