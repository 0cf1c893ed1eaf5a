import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../gql';
import { useGraph } from '../graph/useGraph';
import { type LocalizedTextFields, Texted } from '../look/Texted';
import { useFormat } from '../shell/format';
import { Fact, Neighbours, Section } from './parts';

const Classified = graphql(`
  query RecordClasses($id: ID!) {
    project(by: { id: $id }) {
      isHumanitarian
      capitalSpend
      scope { ...ClassItem }
      collaborationType { ...ClassItem }
      flowType { ...ClassItem }
      financeType { ...ClassItem }
      aidType { ...ClassItem }
      tiedStatus { ...ClassItem }
      tags { id name { text locale direction } tag { ...ClassItem } }
      policyMarkers { id name { text locale direction } marker { ...ClassItem } significance { ...ClassItem } }
      countries { id percentage name { text locale direction } country { ...ClassItem } }
      regions { id percentage name { text locale direction } region { ...ClassItem } }
      contacts { id email phone website person { text locale direction } organization { text locale direction } }
    }
  }
  fragment ClassItem on CodeListItem { code name { text locale direction } }
`);

interface Item {
  code: string;
  name?: LocalizedTextFields | null;
}

/** How a project is classified by the codes of IATI, and whom to ask about it; what is not stated has no line. */
export function Classes(props: { project: string }): ReactNode {
  const { t } = useTranslation('record');
  const format = useFormat();
  const { data } = useGraph(Classified, { id: props.project });
  const p = data?.project;
  if (!p) return null;
  const item = (one: Item | null | undefined): ReactNode => one && <Texted text={one.name} fallback={one.code} />;
  const share = (percentage: string | null | undefined): string | undefined => (percentage ? format.percent(Number(percentage) / 100) : undefined);
  const facts = (
    [
      ['scope', item(p.scope)],
      ['collaborationType', item(p.collaborationType)],
      ['flowType', item(p.flowType)],
      ['financeType', item(p.financeType)],
      ['aidType', item(p.aidType)],
      ['tiedStatus', item(p.tiedStatus)],
      ['humanitarian', p.isHumanitarian && t('classes.yes')],
      ['capitalSpend', share(p.capitalSpend)],
    ] as const
  ).filter(([, value]) => value);
  const places = [...p.countries.map((c) => ({ ...c, of: c.country })), ...p.regions.map((r) => ({ ...r, of: r.region }))];
  return (
    <>
      {p.tags.length > 0 && (
        <Section title={t('classes.tags')} count={format.number(p.tags.length)}>
          <Neighbours items={p.tags.map((x) => ({ text: x.tag.name ?? x.name, fallback: x.tag.code }))} empty="" />
        </Section>
      )}
      {p.policyMarkers.length > 0 && (
        <Section title={t('classes.markers')} count={format.number(p.policyMarkers.length)}>
          <Neighbours items={p.policyMarkers.map((x) => ({ text: x.marker.name ?? x.name, fallback: x.marker.code, note: x.significance?.name?.text ?? x.significance?.code }))} empty="" />
        </Section>
      )}
      {places.length > 0 && (
        <Section title={t('classes.countries')} count={format.number(places.length)}>
          <Neighbours items={places.map((x) => ({ text: x.of.name ?? x.name, fallback: x.of.code, note: share(x.percentage) }))} empty="" />
        </Section>
      )}
      {facts.length > 0 && (
        <Section title={t('classes.title')}>
          <dl>
            {facts.map(([name, value]) => (
              <Fact key={name} name={t(`classes.${name}`)}>
                {value}
              </Fact>
            ))}
          </dl>
        </Section>
      )}
      {p.contacts.length > 0 && (
        <Section title={t('classes.contacts')} count={format.number(p.contacts.length)}>
          <ul className="record-neighbours">
            {p.contacts.map((c) => (
              <li key={c.id}>
                <span className="record-neighbour">
                  <Texted text={c.person ?? c.organization} fallback={c.email ?? c.phone ?? c.website} />
                  <span className="record-note">
                    {c.email && <a href={`mailto:${c.email}`}>{c.email}</a>} {c.phone && <bdi dir="ltr">{c.phone}</bdi>}
                  </span>
                </span>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}
