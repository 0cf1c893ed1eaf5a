import { type ReactNode, Suspense, lazy } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { Consents } from '../agreement/Consents';
import { dutyBadge } from '../agreement/DatesBehind';
import { Delivered } from '../agreement/Delivered';
import { Happened, LifeLine } from '../agreement/LifeLine';
import { graphql } from '../gql';
import type { RecordAgreementQuery } from '../gql/graphql';
import { useGraph } from '../graph/useGraph';
import { Badge } from '../look/Badge';
import { Texted } from '../look/Texted';
import { agreementIsOver, agreementState, projectIsIdle, projectState } from '../look/states';
import { useNames } from '../look/useNames';
import { useFormat } from '../shell/format';
import { useLanguage } from '../shell/language';
import { useMoment } from '../past/moment';
import { readsHistory, useWho } from '../sign/session';
import { Answered } from './Answered';
import { EvaluationsOf } from './EvaluationsOf';
import { PublicationOf } from './PublicationOf';
import { TextsOf } from './TextsOf';
import { YearMoney } from './YearMoney';
import { Around, Fact, Neighbours, RecordHead, Section, together } from './parts';
import '../agreement/life.css';
import '../agreement/agreement.css';

// What those who work here note and add, of which readers fetch nothing.
const FollowUps = lazy(() => import('../follow/FollowUps'));
const AdoptSet = lazy(() => import('../reporting/AdoptSet'));

const Agreement = graphql(`
  query RecordAgreement($id: ID!, $other: Locale!) {
    agreement(by: { id: $id }) {
      id
      code
      isDemonstration
      title { text locale direction }
      other: title(locale: $other, fallback: []) { text locale direction }
      summary { text locale direction }
      kind
      isBinding
      status
      signedOn
      inForceOn
      expiresOn
      durationMonths
      renewal
      registryReference
      envelope { amount currency }
      updatedAt
      endedOn
      entryConsents
      entryDays
      consentsGiven
      parties {
        id role state signedOn consentMethod consentOn inForceOn withdrawnOn
        name { text locale direction }
        reservations { text locale direction }
        organization { id name { text locale direction } }
      }
      deadlines { kind dueOn state }
      events { id kind occurredOn reference note { text locale direction } }
      obligations(first: 20) { totalCount nodes { id state dueOn clause text { text locale direction } obligor { name { text locale direction } } } }
      texts { id locale role isPrevailing certifiedOn url }
      relations { id kind related { id code status title { text locale direction } } }
      relatedFrom { id kind agreement { id code status title { text locale direction } } }
      projects(first: 12) { totalCount nodes { id code status title { text locale direction } governorates(first: 3) { nodes { id pcode name { text locale direction } } } } }
      sectors { id name { text } }
      units { id pcode name { text locale direction } }
    }
  }
`);

/** One agreement: its life, parties, duties, texts, and what it led to. */
export default function AgreementPage(): ReactNode {
  const { locale } = useLanguage();
  const { id = '' } = useParams();
  const answer = useGraph(Agreement, { id, other: locale === 'ar' ? 'en' : 'ar' });
  return <Answered answer={answer} record={(data) => data.agreement}>{(record) => <AgreementRecord key={record.id} agreement={record} />}</Answered>;
}

function AgreementRecord({ agreement: a }: { agreement: NonNullable<RecordAgreementQuery['agreement']> }): ReactNode {
  const { t } = useTranslation('record');
  const names = useNames();
  const format = useFormat();
  const { locale } = useLanguage();
  const { data: who } = useWho();
  const moment = useMoment();
  const consenting = a.parties.filter((party) => party.role === 'PARTY');
  const language = new Intl.DisplayNames(locale, { type: 'language' });
  const day = (iso: string | null | undefined): string | null => (iso ? format.date(iso) : null);
  const relations = [
    ...a.relations.map((r) => ({ kind: t(`relation.${r.kind}`), record: r.related })),
    ...a.relatedFrom.map((r) => ({ kind: t(`relationFrom.${r.kind}`), record: r.agreement })),
  ];
  const parties = together(a.parties.map((p) => ({ to: p.organization ? `/organizations/${p.organization.id}` : undefined, text: p.organization?.name ?? p.name, note: names('PartyRole', p.role) })));
  // The places it covers, and those to which its projects lead.
  const units = together([
    ...a.units.map((u) => ({ to: `/units/${u.id}`, text: u.name, fallback: u.pcode })),
    ...a.projects.nodes.flatMap((p) => p.governorates.nodes.map((u) => ({ to: `/units/${u.id}`, text: u.name, fallback: u.pcode, isBeyond: true }))),
  ]);
  const tabs = [
    { to: 'delivered', name: t('overview') },
    { to: 'obligations', name: t('agreement.obligations'), count: a.obligations.totalCount },
    { to: 'projects', name: t('lists.projects'), count: a.projects.totalCount },
    { to: 'money', name: t('tab.money') },
    { to: 'places', name: t('project.places'), count: a.units.length },
    { to: 'documents', name: t('agreement.texts'), count: a.texts.length },
    { to: 'publication', name: t('publication.title') },
  ];
  return (
    <article className="record">
      <RecordHead kind="Agreement" id={a.id} list={{ to: '/agreements', name: t('lists.agreements') }} code={a.code} title={a.title} other={a.other} isDemonstration={a.isDemonstration} below={<LifeLine life={a} />} tabs={tabs}>
        <Badge state={agreementState(a.status)}>{names('AgreementStatus', a.status)}</Badge>
        <span>{names('AgreementKind', a.kind)}</span>
        <span>{t(a.isBinding ? 'binding' : 'notBinding')}</span>
      </RecordHead>
      <Delivered id={a.id} envelope={a.envelope ?? null} />
      <div className="record-columns">
        <div>
          {a.summary && (
            <p className="record-lead">
              <Texted text={a.summary} />
            </p>
          )}
          <Around
            kind="agreements"
            title={a.title}
            code={a.code}
            groups={{
              organizations: { items: parties, total: parties.length },
              agreements: { items: relations.map((r) => ({ to: r.record ? `/agreements/${r.record.id}` : undefined, text: r.record?.title, fallback: r.record?.code, note: r.kind, isOver: r.record ? agreementIsOver(r.record.status) : undefined })), total: relations.length },
              projects: { items: a.projects.nodes.map((p) => ({ to: `/projects/${p.id}`, text: p.title, fallback: p.code, badge: { state: projectState(p.status), name: names('ProjectStatus', p.status) }, isOver: projectIsIdle(p.status), links: p.governorates.nodes.map((u) => `/units/${u.id}`) })), total: a.projects.totalCount },
              units: { items: units, total: units.length },
            }}
          />
          {consenting.length > 0 && (
            <Section title={t('agreement.consents')}>
              <Consents parties={consenting} entry={a} />
            </Section>
          )}
          <Section id="projects" title={t('agreement.projects')} count={format.number(a.projects.totalCount)}>
            <Neighbours
              items={a.projects.nodes.map((p) => ({ to: `/projects/${p.id}`, text: p.title, fallback: p.code, badge: { state: projectState(p.status), name: names('ProjectStatus', p.status) } }))}
              total={a.projects.totalCount}
              all={`/projects?agreement=${a.id}`}
              empty={t('agreement.noProjects')}
            />
          </Section>
          <YearMoney where={{ agreements: { some: { id: { eq: a.id } } } }} measure="SPEND" id="money" title={t('agreement.money')} />
          <Section id="obligations" title={t('agreement.obligations')} count={format.number(a.obligations.totalCount)}>
            {a.obligations.nodes.length === 0 && <p className="record-none">{t('agreement.noObligations')}</p>}
            <ul className="record-neighbours">
              {a.obligations.nodes.map((o) => (
                <li key={o.id}>
                  <span className="record-neighbour">
                    <Texted text={o.text} />
                    <span className="record-note">
                      {o.clause && <bdi>{o.clause}</bdi>}
                      {o.clause && o.obligor?.name && ' · '}
                      {o.obligor?.name && <Texted text={o.obligor.name} />}
                    </span>
                  </span>
                  <span className="record-due">
                    {o.dueOn && <time dateTime={o.dueOn}>{format.date(o.dueOn)}</time>}
                    <Badge state={dutyBadge[o.state] ?? 'neutral'}>{names('ObligationState', o.state)}</Badge>
                  </span>
                </li>
              ))}
            </ul>
            {readsHistory(who) && moment === null && (
              <Suspense>
                <FollowUps where={{ agreement: { id: { eq: a.id } } }} isNamed />
                <AdoptSet agreement={a.id} />
              </Suspense>
            )}
          </Section>
          <EvaluationsOf id={a.id} />
          <TextsOf id={a.id} />
          <PublicationOf id={a.id} />
        </div>
        <aside>
          <Section title={t('facts')}>
            <dl>
              <Fact name={t('agreement.signedOn')}>{day(a.signedOn)}</Fact>
              <Fact name={t('agreement.inForceOn')}>{day(a.inForceOn)}</Fact>
              <Fact name={t('agreement.expiresOn')}>{day(a.expiresOn)}</Fact>
              <Fact name={t('agreement.renewal')}>{names('RenewalRule', a.renewal)}</Fact>
              <Fact name={t('agreement.envelope')}>{a.envelope && <span title={format.money(a.envelope.amount, a.envelope.currency)}>{format.moneyShort(a.envelope.amount, a.envelope.currency)}</span>}</Fact>
              <Fact name={t('agreement.registry')}>{a.registryReference && <bdi dir="ltr">{a.registryReference}</bdi>}</Fact>
              <Fact name={t('agreement.sectors')}>{a.sectors.map((s) => s.name?.text).filter(Boolean).join(t('comma'))}</Fact>
              <Fact name={t('updated')}>{format.date(a.updatedAt)}</Fact>
            </dl>
          </Section>
          <Happened life={a} />
          <Section title={t('agreement.parties')} count={format.number(a.parties.length)}>
            <Neighbours
              items={a.parties.map((p) => ({
                to: p.organization ? `/organizations/${p.organization.id}` : undefined,
                text: p.organization?.name ?? p.name,
                note: [names('PartyRole', p.role), p.signedOn && t('agreement.partySigned', { date: format.date(p.signedOn) })].filter(Boolean).join(' · '),
              }))}
              empty={t('none')}
            />
          </Section>
          <Section id="documents" title={t('agreement.texts')} count={format.number(a.texts.length)}>
            <ul className="record-neighbours">
              {a.texts.map((text) => (
                <li key={text.id}>
                  <span className="record-neighbour">
                    {text.url ? (
                      <a href={text.url} rel="noreferrer">
                        {language.of(text.locale)}
                      </a>
                    ) : (
                      language.of(text.locale)
                    )}
                    {text.isPrevailing && <span className="record-prevails">{t('agreement.prevails')}</span>}
                  </span>
                  <span className="record-note">
                    {[names('AgreementTextRole', text.role), text.certifiedOn && t('agreement.certified', { date: format.date(text.certifiedOn) })].filter(Boolean).join(' · ')}
                  </span>
                </li>
              ))}
            </ul>
          </Section>
          <Section id="places" title={t('agreement.places')} count={format.number(a.units.length)}>
            <Neighbours items={a.units.map((u) => ({ to: `/units/${u.id}`, text: u.name, fallback: u.pcode }))} empty={t('none')} />
          </Section>
          {relations.length > 0 && (
            <Section title={t('agreement.related')} count={format.number(relations.length)}>
              <Neighbours
                items={relations.map((r) => ({ to: r.record ? `/agreements/${r.record.id}` : undefined, text: r.record?.title, fallback: r.record?.code, note: r.kind }))}
                empty={t('none')}
              />
            </Section>
          )}
        </aside>
      </div>
    </article>
  );
}
