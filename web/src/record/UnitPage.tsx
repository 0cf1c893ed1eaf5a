import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { graphql } from '../gql';
import type { RecordUnitQuery } from '../gql/graphql';
import { useGraph } from '../graph/useGraph';
import { agreementIsOver, agreementState, projectIsIdle, projectState } from '../look/states';
import { useNames } from '../look/useNames';
import { useFormat } from '../shell/format';
import { useLanguage } from '../shell/language';
import { Answered } from './Answered';
import { PublicationOf } from './PublicationOf';
import { TextsOf } from './TextsOf';
import { UnitMaps } from './UnitMaps';
import { UnitMoney } from './UnitMoney';
import { Around, Fact, Neighbours, RecordHead, Section } from './parts';

const Unit = graphql(`
  query RecordUnit($id: ID!, $other: Locale!) {
    administrativeUnit(by: { id: $id }) {
      id
      pcode
      level
      name { text locale direction }
      other: name(locale: $other, fallback: []) { text locale direction }
      latitude
      longitude
      ancestors { id pcode level name { text locale direction } }
      children(first: 30) { totalCount nodes { id pcode name { text locale direction } projects { totalCount } } }
      populations { id year population source }
    }
    projects(where: { within: $id }, first: 12) { totalCount nodes { id code status title { text locale direction } } }
    funded: projects(where: { within: $id }, first: 1) { funders: facet(by: FUNDER, first: 60) { count record { ... on Organization { id code name { text locale direction } } } } }
    agreements(where: { within: $id }, first: 12) { totalCount nodes { id code status title { text locale direction } } }
  }
`);

/** One administrative unit: where it lies, and everything that happens in it or below it. */
export default function UnitPage(): ReactNode {
  const { locale } = useLanguage();
  const { id = '' } = useParams();
  const answer = useGraph(Unit, { id, other: locale === 'ar' ? 'en' : 'ar' });
  return <Answered answer={answer} record={(data) => data.administrativeUnit && { ...data, unit: data.administrativeUnit }}>{(data) => <UnitRecord key={data.unit.id} data={data} unit={data.unit} />}</Answered>;
}

function UnitRecord({ data, unit: u }: { data: RecordUnitQuery; unit: NonNullable<RecordUnitQuery['administrativeUnit']> }): ReactNode {
  const { t } = useTranslation('record');
  const names = useNames();
  const format = useFormat();
  const above = u.ancestors.filter((a) => a.id !== u.id);
  const population = [...u.populations].sort((a, b) => b.year - a.year)[0];
  const projects = (count: number): string => t('unit.projectCount', { count, shown: format.number(count) });
  const funders = data.funded.funders.flatMap(({ count, record }) => (record && 'id' in record ? [{ to: `/organizations/${record.id}`, text: record.name, fallback: record.code, note: projects(count) }] : []));
  const below = u.children.nodes.map((c) => ({ to: `/units/${c.id}`, text: c.name, fallback: c.pcode, note: projects(c.projects.totalCount) }));
  const tabs = [
    { to: 'around', name: t('overview') },
    { to: 'map', name: t('map.title') },
    { to: 'projects', name: t('lists.projects'), count: data.projects.totalCount },
    { to: 'agreements', name: t('lists.agreements'), count: data.agreements.totalCount },
    { to: 'money', name: t('tab.money') },
    { to: 'below', name: t('unit.below'), count: u.children.totalCount },
  ];
  return (
    <article className="record">
      <RecordHead kind="AdministrativeUnit" id={u.id} list={{ to: '/units', name: t('lists.units') }} code={u.pcode} title={u.name} other={u.other} tabs={tabs}>
        <span>{t(`unit.level${u.level}`)}</span>
      </RecordHead>
      <div className="record-columns">
        <div>
          <Around
            kind="units"
            title={u.name}
            code={u.pcode}
            groups={{
              organizations: { items: funders, total: funders.length },
              agreements: { items: data.agreements.nodes.map((a) => ({ to: `/agreements/${a.id}`, text: a.title, fallback: a.code, badge: { state: agreementState(a.status), name: names('AgreementStatus', a.status) }, isOver: agreementIsOver(a.status) })), total: data.agreements.totalCount },
              projects: { items: data.projects.nodes.map((p) => ({ to: `/projects/${p.id}`, text: p.title, fallback: p.code, badge: { state: projectState(p.status), name: names('ProjectStatus', p.status) }, isOver: projectIsIdle(p.status) })), total: data.projects.totalCount },
              units: { items: [...[...above].reverse().map((n) => ({ to: `/units/${n.id}`, text: n.name, fallback: n.pcode, note: t('unit.above') })), ...below], total: above.length + u.children.totalCount },
            }}
          />
          <UnitMaps unit={u} name={u.name?.text ?? u.pcode} />
          <Section id="projects" title={t('unit.projects')} count={format.number(data.projects.totalCount)}>
            <Neighbours
              items={data.projects.nodes.map((p) => ({ to: `/projects/${p.id}`, text: p.title, fallback: p.code, badge: { state: projectState(p.status), name: names('ProjectStatus', p.status) } }))}
              total={data.projects.totalCount}
              {...(u.level > 0 && { all: `/projects?${u.level === 1 ? 'governorate' : 'district'}=${u.id}` })}
              empty={t('none')}
            />
          </Section>
          <Section id="agreements" title={t('unit.agreements')} count={format.number(data.agreements.totalCount)}>
            <Neighbours
              items={data.agreements.nodes.map((a) => ({ to: `/agreements/${a.id}`, text: a.title, fallback: a.code, badge: { state: agreementState(a.status), name: names('AgreementStatus', a.status) } }))}
              total={data.agreements.totalCount}
              empty={t('none')}
            />
          </Section>
          <UnitMoney unit={u.id} inhabitants={population} />
          <TextsOf id={u.id} />
          <PublicationOf id={u.id} />
        </div>
        <aside>
          <Section title={t('facts')}>
            <dl>
              <Fact name={t('unit.population')}>{population && t('unit.populationIn', { people: format.number(population.population), year: format.year(population.year) })}</Fact>
              <Fact name={t('unit.centre')}>
                {u.latitude !== null && u.latitude !== undefined && (
                  <bdi dir="ltr">
                    {u.latitude}, {u.longitude}
                  </bdi>
                )}
              </Fact>
            </dl>
          </Section>
          {above.length > 0 && (
            <Section title={t('unit.above')}>
              <Neighbours items={above.map((a) => ({ to: `/units/${a.id}`, text: a.name, fallback: a.pcode, note: t(`unit.level${a.level}`) }))} empty="" />
            </Section>
          )}
          <Section id="below" title={t('unit.below')} count={format.number(u.children.totalCount)}>
            <Neighbours items={below} total={u.children.totalCount} empty={t('none')} />
          </Section>
        </aside>
      </div>
    </article>
  );
}
