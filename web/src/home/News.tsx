import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../gql';
import { useGraph } from '../graph/useGraph';
import { Badge } from '../look/Badge';
import { ErrorNote } from '../look/ErrorNote';
import { Texted } from '../look/Texted';
import { agreementState, projectState } from '../look/states';
import { useNames } from '../look/useNames';
import { To } from '../shell/To';
import { useFormat } from '../shell/format';

const Newest = graphql(`
  query HomeNews {
    newAgreements: agreements(first: 6, orderBy: [{ field: UPDATED_AT, direction: DESC }]) {
      nodes { id code status updatedAt title { text locale direction } parties { organization { name { text locale direction } } } }
    }
    newProjects: projects(first: 6, orderBy: [{ field: UPDATED_AT, direction: DESC }]) {
      nodes { id code status updatedAt title { text locale direction } reportingOrganization { name { text locale direction } } }
    }
  }
`);

/** What was published or changed last. */
export function News(): ReactNode {
  const { t } = useTranslation('home');
  const names = useNames();
  const format = useFormat();
  const { data, error, refetch } = useGraph(Newest, {});
  const news = [
    ...(data?.newAgreements.nodes ?? []).map((a) => ({ ...a, to: `/agreements/${a.id}`, kind: t('news.agreement'), of: a.parties.find((party) => party.organization?.name)?.organization?.name, badge: agreementState(a.status), state: names('AgreementStatus', a.status) })),
    ...(data?.newProjects.nodes ?? []).map((p) => ({ ...p, to: `/projects/${p.id}`, kind: t('news.project'), of: p.reportingOrganization?.name, badge: projectState(p.status), state: names('ProjectStatus', p.status) })),
  ].sort((a, b) => b.updatedAt.localeCompare(a.updatedAt));
  return (
    <section>
      <div className="home-over">
        <h2>{t('news.title')}</h2>
        <To to="/projects">{t('news.projects')}</To>
        <To to="/agreements">{t('news.agreements')}</To>
      </div>
      {error && <ErrorNote error={error} onRetry={() => void refetch()} />}
      {data && news.length === 0 && <p className="home-none">{t('news.none')}</p>}
      <ul className="home-news">
        {news.slice(0, 8).map((item) => (
          <li key={item.id}>
            <time dateTime={item.updatedAt}>{format.date(item.updatedAt)}</time>
            <span>
              <To to={item.to}>
                <Texted text={item.title} fallback={item.code} />
              </To>
              <span className="home-note">
                {item.kind}
                {item.of && (
                  <>
                    {' · '}
                    <Texted text={item.of} />
                  </>
                )}
              </span>
            </span>
            <Badge state={item.badge}>{item.state}</Badge>
          </li>
        ))}
      </ul>
    </section>
  );
}
