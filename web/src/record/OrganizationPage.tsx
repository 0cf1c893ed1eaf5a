import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { graphql } from '../gql';
import { useGraph } from '../graph/useGraph';
import { ErrorNote } from '../look/ErrorNote';
import { Loading } from '../look/Loading';
import { Texted } from '../look/Texted';
import { useNames } from '../look/useNames';
import { NotFoundPage } from '../shell/NotFoundPage';
import { useFormat } from '../shell/format';
import { useLanguage } from '../shell/language';
import { Fact, Neighbours, RecordHead, Section } from './parts';

const Organization = graphql(`
  query RecordOrganization($id: ID!, $other: Locale!) {
    organization(by: { id: $id }) {
      id
      code
      isDemonstration
      acronym
      kind
      website
      iatiIdentifier
      updatedAt
      name { text locale direction }
      other: name(locale: $other, fallback: []) { text locale direction }
      description { text locale direction }
      country { name { text } }
      parent { id code name { text locale direction } }
      children(first: 10) { totalCount nodes { id code name { text locale direction } } }
      memberships(first: 20) { totalCount nodes { id role agreement { id code status title { text locale direction } } } }
      partnerships(first: 20) { totalCount nodes { id role share project { id code status title { text locale direction } } } }
      transactionsGiven { totalCount }
      transactionsReceived { totalCount }
    }
  }
`);

/** One organization: the agreements it is a party to, and the projects it takes part in. */
export default function OrganizationPage(): ReactNode {
  const { t } = useTranslation('record');
  const names = useNames();
  const format = useFormat();
  const { locale } = useLanguage();
  const { id = '' } = useParams();
  const { data, error, refetch } = useGraph(Organization, { id, other: locale === 'ar' ? 'en' : 'ar' });
  if (error) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  const o = data.organization;
  if (!o) return <NotFoundPage />;
  return (
    <article className="record">
      <RecordHead list={{ to: '/organizations', name: t('lists.organizations') }} code={o.code} title={o.name} other={o.other} isDemonstration={o.isDemonstration} form={`/desk/edit/organization/${o.id}`}>
        <span>{names('OrganizationKind', o.kind)}</span>
      </RecordHead>
      <div className="record-columns">
        <div>
          {o.description && (
            <p className="record-lead">
              <Texted text={o.description} />
            </p>
          )}
          <Section title={t('organization.agreements')} count={format.number(o.memberships.totalCount)}>
            <Neighbours
              items={o.memberships.nodes.map((m) => ({
                to: `/agreements/${m.agreement.id}`,
                text: m.agreement.title,
                fallback: m.agreement.code,
                note: `${names('PartyRole', m.role)} · ${names('AgreementStatus', m.agreement.status)}`,
              }))}
              total={o.memberships.totalCount}
              empty={t('none')}
            />
          </Section>
          <Section title={t('organization.projects')} count={format.number(o.partnerships.totalCount)}>
            <Neighbours
              items={o.partnerships.nodes.map((x) => ({
                to: `/projects/${x.project.id}`,
                text: x.project.title,
                fallback: x.project.code,
                note: `${names('PartnerRole', x.role)} · ${names('ProjectStatus', x.project.status)}`,
              }))}
              total={o.partnerships.totalCount}
              empty={t('none')}
            />
          </Section>
        </div>
        <aside>
          <Section title={t('facts')}>
            <dl>
              <Fact name={t('organization.acronym')}>{o.acronym && <bdi>{o.acronym}</bdi>}</Fact>
              <Fact name={t('organization.country')}>{o.country?.name?.text}</Fact>
              <Fact name={t('organization.identifier')}>{o.iatiIdentifier && <bdi dir="ltr">{o.iatiIdentifier}</bdi>}</Fact>
              <Fact name={t('organization.website')}>
                {o.website && (
                  <a href={o.website} rel="noreferrer">
                    <bdi dir="ltr">{o.website}</bdi>
                  </a>
                )}
              </Fact>
              <Fact name={t('organization.given')}>{format.number(o.transactionsGiven.totalCount)}</Fact>
              <Fact name={t('organization.received')}>{format.number(o.transactionsReceived.totalCount)}</Fact>
              <Fact name={t('updated')}>{format.date(o.updatedAt)}</Fact>
            </dl>
          </Section>
          {o.parent && (
            <Section title={t('organization.parent')}>
              <Neighbours items={[{ to: `/organizations/${o.parent.id}`, text: o.parent.name, fallback: o.parent.code }]} empty="" />
            </Section>
          )}
          {o.children.totalCount > 0 && (
            <Section title={t('organization.children')} count={format.number(o.children.totalCount)}>
              <Neighbours items={o.children.nodes.map((c) => ({ to: `/organizations/${c.id}`, text: c.name, fallback: c.code }))} total={o.children.totalCount} empty={t('none')} />
            </Section>
          )}
        </aside>
      </div>
    </article>
  );
}
