import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../gql';
import { useGraph } from '../graph/useGraph';
import { type MapPoint, UnitMap } from '../map/UnitMap';
import { Section } from './parts';

const Places = graphql(`
  query RecordPlaces($id: ID!) {
    project(by: { id: $id }) {
      locations(first: 100) {
        nodes {
          id
          latitude
          longitude
          exactness
          name { text }
          unit { id pcode latitude longitude name { text } ancestors { id level } }
        }
      }
    }
  }
`);

/** Where a project works: its places as points, on the districts if they all lie in one governorate. */
export function ProjectMap(props: { project: string }): ReactNode {
  const { t } = useTranslation('record');
  const { data } = useGraph(Places, { id: props.project });
  const locations = data?.project?.locations.nodes ?? [];
  const points = locations.flatMap((location): MapPoint[] => {
    const { unit } = location;
    const known = typeof location.latitude === 'number';
    // A place without a position of its own stands at the centre of its unit, and says so.
    const { latitude, longitude } = known ? location : (unit ?? location);
    if (typeof latitude !== 'number' || typeof longitude !== 'number') return [];
    return [
      {
        key: location.id,
        latitude,
        longitude,
        name: location.name?.text ?? unit?.name?.text ?? unit?.pcode ?? t('unknown'),
        note: known ? t(`map.exactness.${location.exactness ?? 'UNKNOWN'}`) : t('map.ofUnit'),
        to: unit ? `/units/${unit.id}` : undefined,
        exact: known && location.exactness === 'EXACT',
      },
    ];
  });
  if (points.length === 0) return null;
  const governorates = new Set(locations.map(({ unit }) => unit?.ancestors.find((each) => each.level === 1)?.id ?? null));
  const [only] = governorates;
  return (
    <Section id="map" title={t('map.title')}>
      <UnitMap title={t('map.places')} of={governorates.size === 1 ? (only ?? null) : null} points={points} />
    </Section>
  );
}
