import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { graphql } from '../gql';
import type { RecordOrganizationQuery } from '../gql/graphql';
import { useGraph } from '../graph/useGraph';
import { Texted } from '../look/Texted';
import { agreementIsOver, agreementState, projectIsIdle, projectState } from '../look/states';
import { useNames } from '../look/useNames';
import { useFormat } from '../shell/format';
import { useLanguage } from '../shell/language';
import { Answered } from './Answered';
import { EvaluationsOf } from './EvaluationsOf';
import { FunderMoney } from './Money';
import { PublicationOf } from './PublicationOf';
import { TextsOf } from './TextsOf';
import { Around, Fact, Neighbours, RecordHead, Section, together } from './parts';

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
      partnerships(first: 12) { totalCount nodes { id role share project { id code status title { text locale direction } governorates(first: 3) { nodes { id } } } } }
      transactionsGiven { totalCount }
      transactionsReceived { totalCount }
    }
    projects(where: { partners: { some: { organization: { id: { eq: $id } } } } }, first: 1) { totalCount }
    funded: projects(where: { funders: { some: { id: { eq: $id } } } }, first: 1) { totalCount }
    administrativeUnits(where: { level: { eq: 1 }, projects: { some: { organizations: { some: { id: { eq: $id } } } } } }, first: 14) { totalCount nodes { id pcode name { text locale direction } } }
  }
`);

/** One organization: the agreements it is a party to, and the projects it takes part in. */
export default function OrganizationPage(): ReactNode {
  const { locale } = useLanguage();
  const { id = '' } = useParams();
  const answer = useGraph(Organization, { id, other: locale === 'ar' ? 'en' : 'ar' });
  return <Answered answer={answer} record={(data) => data.organization && { organization: data.organization, units: data.administrativeUnits, projectCount: data.projects.totalCount, funded: data.funded.totalCount }}>{(record) => <OrganizationRecord key={record.organization.id} {...record} />}</Answered>;
}

function OrganizationRecord({ organization: o, units, projectCount, funded }: { organization: NonNullable<RecordOrganizationQuery['organization']>; units: RecordOrganizationQuery['administrativeUnits']; projectCount: number; /** How many projects it funds. */ funded: number }): ReactNode {
  const { t } = useTranslation('record');
  const names = useNames();
  const format = useFormat();
  const projects = together(
    o.partnerships.nodes.map(({ role, project }) => ({
      to: `/projects/${project.id}`,
      text: project.title,
      fallback: project.code,
      note: names('PartnerRole', role),
      badge: { state: projectState(project.status), name: names('ProjectStatus', project.status) },
      isOver: projectIsIdle(project.status),
      links: project.governorates.nodes.map((u) => `/units/${u.id}`),
    })),
  );
  const gives = o.transactionsGiven.totalCount > 0 || funded > 0;
  const tabs = [
    { to: 'around', name: t('overview') },
    { to: 'agreements', name: t('lists.agreements'), count: o.memberships.totalCount },
    ...(gives ? [{ to: 'money', name: t('tab.money') }] : []),
    { to: 'projects', name: t('lists.projects'), count: projectCount },
    { to: 'publication', name: t('publication.title') },
  ];
  return (
    <article className="record">
      <RecordHead kind="Organization" id={o.id} list={{ to: '/organizations', name: t('lists.organizations') }} code={o.code} title={o.name} other={o.other} isDemonstration={o.isDemonstration} tabs={tabs}>
        <span>{names('OrganizationKind', o.kind)}</span>
      </RecordHead>
      <div className="record-columns">
        <div>
          {o.description && (
            <p className="record-lead">
              <Texted text={o.description} />
            </p>
          )}
          <Around
            kind="organizations"
            title={o.name}
            code={o.code}
            groups={{
              organizations: {
                items: [...(o.parent ? [{ to: `/organizations/${o.parent.id}`, text: o.parent.name, fallback: o.parent.code, note: t('organization.parent') }] : []), ...o.children.nodes.map((c) => ({ to: `/organizations/${c.id}`, text: c.name, fallback: c.code }))],
                total: o.children.totalCount + (o.parent ? 1 : 0),
              },
              agreements: { items: o.memberships.nodes.map((m) => ({ to: `/agreements/${m.agreement.id}`, text: m.agreement.title, fallback: m.agreement.code, note: names('PartyRole', m.role), isOver: agreementIsOver(m.agreement.status) })), total: o.memberships.totalCount },
              projects: { items: projects, total: projectCount },
              units: { items: units.nodes.map((u) => ({ to: `/units/${u.id}`, text: u.name, fallback: u.pcode, isBeyond: true })), total: units.totalCount },
            }}
          />
          <Section id="agreements" title={t('organization.agreements')} count={format.number(o.memberships.totalCount)}>
            <Neighbours
              items={o.memberships.nodes.map((m) => ({
                to: `/agreements/${m.agreement.id}`,
                text: m.agreement.title,
                fallback: m.agreement.code,
                note: names('PartyRole', m.role),
                badge: { state: agreementState(m.agreement.status), name: names('AgreementStatus', m.agreement.status) },
              }))}
              total={o.memberships.totalCount}
              all={`/agreements?organization=${o.id}`}
              empty={t('none')}
            />
          </Section>
          {gives && <FunderMoney organization={o.id} />}
          <Section id="projects" title={t('organization.projects')} count={format.number(projectCount)}>
            <Neighbours
              items={projects}
              total={projectCount}
              all={`/projects?partner=${o.id}`}
              empty={t('none')}
            />
          </Section>
          <EvaluationsOf id={o.id} />
          <TextsOf id={o.id} />
          <PublicationOf id={o.id} />
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
