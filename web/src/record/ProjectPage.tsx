import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { graphql } from '../gql';
import type { RecordProjectQuery } from '../gql/graphql';
import { useGraph } from '../graph/useGraph';
import { Badge } from '../look/Badge';
import { Texted } from '../look/Texted';
import { agreementIsOver, projectIsIdle, projectState } from '../look/states';
import { useNames } from '../look/useNames';
import { useFormat } from '../shell/format';
import { useLanguage } from '../shell/language';
import { Answered } from './Answered';
import { Classes } from './Classes';
import { EvaluationsOf } from './EvaluationsOf';
import { Measured } from './Measured';
import { Plans } from './Plans';
import { ProjectMap } from './ProjectMap';
import { ProjectMoney, reportingCurrencies } from './Money';
import { PublicationOf } from './PublicationOf';
import { TextsOf } from './TextsOf';
import { Transactions } from './Transactions';
import { YearMoney } from './YearMoney';
import { Around, Fact, Neighbours, RecordHead, Section, together } from './parts';

const Project = graphql(`
  query RecordProject($id: ID!, $other: Locale!) {
    project(by: { id: $id }) {
      id
      code
      isDemonstration
      iatiIdentifier
      kind
      status
      defaultCurrency
      title { text locale direction }
      other: title(locale: $other, fallback: []) { text locale direction }
      description { text locale direction }
      startDate
      endDate
      plannedStart
      actualStart
      plannedEnd
      actualEnd
      updatedAt
      parent { id code title { text locale direction } }
      reportingOrganization { id name { text locale direction } }
      agreements(first: 10) { totalCount nodes { id code status title { text locale direction } } }
      children(first: 10) { totalCount nodes { id code status title { text locale direction } } }
      partners { id role share name { text locale direction } organization { id name { text locale direction } } }
      sectors { id percentage sector { id code name { text } } }
      locations(first: 20) { totalCount nodes { id percentage name { text locale direction } unit { id pcode name { text locale direction } } } }
      results(first: 10) { totalCount nodes { id title { text locale direction } indicators { id measure title { text locale direction } baselines { year value valueText } periods { id periodEnd targets { value valueText } actuals { value valueText } progress { achieved } } } } }
      documents(first: 10) { totalCount nodes { id url title { text locale direction } } }
      relatedProjects { id type related { id code title { text locale direction } } }
    }
  }
`);

/** One project: partners, money, places, results, and the agreements it runs under. */
export default function ProjectPage(): ReactNode {
  const { locale } = useLanguage();
  const { id = '' } = useParams();
  const answer = useGraph(Project, { id, other: locale === 'ar' ? 'en' : 'ar' });
  return <Answered answer={answer} record={(data) => data.project}>{(record) => <ProjectRecord key={record.id} project={record} />}</Answered>;
}

function ProjectRecord({ project: p }: { project: NonNullable<RecordProjectQuery['project']> }): ReactNode {
  const { t } = useTranslation('record');
  const names = useNames();
  const format = useFormat();
  const share = (percentage: string | null | undefined): string | undefined => (percentage ? format.percent(Number(percentage) / 100) : undefined);
  const where = { id: { eq: p.id } };
  const partners = together(p.partners.map((x) => ({ to: x.organization ? `/organizations/${x.organization.id}` : undefined, text: x.organization?.name ?? x.name, note: names('PartnerRole', x.role) })));
  const related = [
    ...(p.parent ? [{ to: `/projects/${p.parent.id}`, text: p.parent.title, fallback: p.parent.code, note: t('project.parent') }] : []),
    ...p.children.nodes.map((c) => ({ to: `/projects/${c.id}`, text: c.title, fallback: c.code, badge: { state: projectState(c.status), name: names('ProjectStatus', c.status) }, isOver: projectIsIdle(c.status) })),
    ...p.relatedProjects.map((link) => ({ to: link.related ? `/projects/${link.related.id}` : undefined, text: link.related?.title, fallback: link.related?.code ?? t('unknown'), note: names('RelatedProjectType', link.type) })),
  ];
  const tabs = [
    { to: 'around', name: t('overview') },
    { to: 'money', name: t('tab.money') },
    { to: 'results', name: t('project.results'), count: p.results.totalCount },
    { to: 'partners', name: t('project.partners'), count: p.partners.length },
    { to: 'places', name: t('project.places'), count: p.locations.totalCount },
    { to: 'publication', name: t('publication.title') },
  ];
  return (
    <article className="record">
      <RecordHead kind="Project" id={p.id} list={{ to: '/projects', name: t('lists.projects') }} code={p.code} title={p.title} other={p.other} isDemonstration={p.isDemonstration} below={<Dates project={p} />} tabs={tabs}>
        <Badge state={projectState(p.status)}>{names('ProjectStatus', p.status)}</Badge>
        <span>{names('ProjectKind', p.kind)}</span>
      </RecordHead>
      <div className="record-columns">
        <div>
          {p.description && (
            <p className="record-lead">
              <Texted text={p.description} />
            </p>
          )}
          <Around
            kind="projects"
            title={p.title}
            code={p.code}
            groups={{
              organizations: { items: partners, total: partners.length },
              agreements: { items: p.agreements.nodes.map((a) => ({ to: `/agreements/${a.id}`, text: a.title, fallback: a.code, note: names('AgreementStatus', a.status), isOver: agreementIsOver(a.status) })), total: p.agreements.totalCount },
              projects: { items: related, total: related.length + p.children.totalCount - p.children.nodes.length },
              units: { items: p.locations.nodes.map((l) => ({ to: l.unit ? `/units/${l.unit.id}` : undefined, text: l.unit?.name ?? l.name, fallback: l.unit?.pcode, note: share(l.percentage) })), total: p.locations.totalCount },
            }}
          />
          <ProjectMoney where={where} own={p.defaultCurrency} />
          <YearMoney where={where} measure="SPEND" title={t('project.spent')} toldIn={reportingCurrencies(p.defaultCurrency)} />
          <Transactions project={p.id} />
          <Plans project={p.id} />
          <ProjectMap project={p.id} />
          <Section id="results" title={t('project.results')} count={format.number(p.results.totalCount)}>
            {p.results.nodes.length === 0 && <p className="record-none">{t('project.noResults')}</p>}
            {p.results.nodes.map((result) => (
              <div key={result.id} className="record-result">
                <h3>
                  <Texted text={result.title} />
                </h3>
                <Measured result={result.title} indicators={result.indicators} />
              </div>
            ))}
          </Section>
          {p.children.totalCount > 0 && (
            <Section title={t('project.components')} count={format.number(p.children.totalCount)}>
              <Neighbours
                items={p.children.nodes.map((c) => ({ to: `/projects/${c.id}`, text: c.title, fallback: c.code, badge: { state: projectState(c.status), name: names('ProjectStatus', c.status) } }))}
                total={p.children.totalCount}
                empty={t('none')}
              />
            </Section>
          )}
          <EvaluationsOf id={p.id} />
          <TextsOf id={p.id} />
          <PublicationOf id={p.id} />
        </div>
        <aside>
          <Section title={t('facts')}>
            <dl>
              <Fact name={t('project.start')}>{p.startDate && format.date(p.startDate)}</Fact>
              <Fact name={t('project.end')}>{p.endDate && format.date(p.endDate)}</Fact>
              <Fact name={t('project.reporter')}>
                {p.reportingOrganization && <Neighbours items={[{ to: `/organizations/${p.reportingOrganization.id}`, text: p.reportingOrganization.name }]} empty="" />}
              </Fact>
              <Fact name={t('project.iati')}>{p.iatiIdentifier && <bdi dir="ltr">{p.iatiIdentifier}</bdi>}</Fact>
              <Fact name={t('updated')}>{format.date(p.updatedAt)}</Fact>
            </dl>
          </Section>
          <Section title={t('project.agreements')} count={format.number(p.agreements.totalCount)}>
            <Neighbours items={p.agreements.nodes.map((a) => ({ to: `/agreements/${a.id}`, text: a.title, fallback: a.code }))} total={p.agreements.totalCount} empty={t('none')} />
          </Section>
          <Section id="partners" title={t('project.partners')} count={format.number(p.partners.length)}>
            <Neighbours
              items={p.partners.map((x) => ({
                to: x.organization ? `/organizations/${x.organization.id}` : undefined,
                text: x.organization?.name ?? x.name,
                note: [names('PartnerRole', x.role), share(x.share)].filter(Boolean).join(' · '),
              }))}
              empty={t('none')}
            />
          </Section>
          <Section id="places" title={t('project.places')} count={format.number(p.locations.totalCount)}>
            <Neighbours
              items={p.locations.nodes.map((l) => ({ to: l.unit ? `/units/${l.unit.id}` : undefined, text: l.unit?.name ?? l.name, fallback: l.unit?.pcode, note: share(l.percentage) }))}
              total={p.locations.totalCount}
              empty={t('none')}
            />
          </Section>
          <Section title={t('project.sectors')} count={format.number(p.sectors.length)}>
            <Neighbours items={p.sectors.map((s) => ({ text: null, fallback: s.sector?.name?.text ?? s.sector?.code ?? t('unknown'), note: share(s.percentage) }))} empty={t('none')} />
          </Section>
          {p.parent && (
            <Section title={t('project.parent')}>
              <Neighbours items={[{ to: `/projects/${p.parent.id}`, text: p.parent.title, fallback: p.parent.code }]} empty="" />
            </Section>
          )}
          {p.relatedProjects.length > 0 && (
            <Section title={t('project.related')} count={format.number(p.relatedProjects.length)}>
              <Neighbours
                items={p.relatedProjects.map((link) => ({
                  to: link.related ? `/projects/${link.related.id}` : undefined,
                  text: link.related?.title,
                  fallback: link.related?.code ?? t('unknown'),
                  note: names('RelatedProjectType', link.type),
                }))}
                empty=""
              />
            </Section>
          )}
          <Classes project={p.id} />
          {p.documents.nodes.length > 0 && (
            <Section title={t('documents')} count={format.number(p.documents.totalCount)}>
              <ul className="record-neighbours">
                {p.documents.nodes.map((d) => (
                  <li key={d.id}>
                    <a href={d.url ?? undefined} rel="noreferrer">
                      <Texted text={d.title} fallback={d.url} />
                    </a>
                  </li>
                ))}
              </ul>
            </Section>
          )}
        </aside>
      </div>
    </article>
  );
}

/** The days a project was planned to begin and end, those on which it did, and today among them. */
function Dates({ project }: { project: NonNullable<RecordProjectQuery['project']> }): ReactNode {
  const { t } = useTranslation('record');
  const format = useFormat();
  const today = new Date().toISOString().slice(0, 10);
  const stated = (['plannedStart', 'actualStart', 'plannedEnd', 'actualEnd'] as const).flatMap((name) => (project[name] ? [{ name, day: project[name] }] : []));
  if (stated.length === 0) return null;
  const days = [...stated, ...(project.actualEnd && project.actualEnd <= today ? [] : [{ name: 'today' as const, day: today }])].sort((one, other) => one.day.localeCompare(other.day));
  return (
    <ol className="record-life" aria-label={t('life.title')}>
      {days.map(({ name, day }) => (
        <li key={name} className={name === 'today' ? 'record-today' : name.startsWith('planned') || day > today ? 'record-planned' : undefined} aria-current={name === 'today' ? 'date' : undefined}>
          <span>{t(`life.${name}`)}</span>
          <time dateTime={day}>{format.date(day)}</time>
        </li>
      ))}
    </ol>
  );
}
