import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../gql';
import { useGraph } from '../graph/useGraph';
import { RuleLine } from '../look/Rule';
import { UnitMap } from '../map/UnitMap';
import { useFormat } from '../shell/format';
import { Section } from './parts';

const PerHead = graphql(`
  query RecordPerHead($where: ProjectWhere, $by: [FundingDimension!]!) {
    funding(where: $where, by: $by, measure: SPEND, currency: "USD") {
      rule { text locale direction }
      rows { governorate { id } district { id } perHead }
    }
  }
`);

/** A unit and the governorate, district and so on around it, with itself. */
interface Lies {
  id: string;
  level: number;
  latitude?: number | null;
  longitude?: number | null;
  ancestors: { id: string; level: number }[];
}

/** Where a unit lies among its like, and what lies below it: money for each inhabitant. */
export function UnitMaps(props: { unit: Lies; name: string }): ReactNode {
  const { t } = useTranslation('record');
  const { unit } = props;
  const around = (level: number): string | null => [...unit.ancestors, unit].find((each) => each.level === level)?.id ?? null;
  const governorate = around(1);
  // Below the districts nothing is drawn as an area: there the unit is a point in its district.
  const point = unit.level > 2 && typeof unit.latitude === 'number' && typeof unit.longitude === 'number';
  const points = point ? [{ key: unit.id, latitude: unit.latitude ?? 0, longitude: unit.longitude ?? 0, name: props.name, note: t('map.centre'), exact: true }] : [];
  return (
    <Section id="map" title={t('map.title')}>
      <div className="record-maps">
        {unit.level < 2 && <PerHeadMap of={null} title={t('map.governorates')} marked={unit.id} />}
        {governorate && <PerHeadMap of={governorate} title={t('map.districts')} marked={around(2)} points={points} />}
      </div>
    </Section>
  );
}

function PerHeadMap(props: Pick<Parameters<typeof UnitMap>[0], 'title' | 'points' | 'marked'> & { of: string | null }): ReactNode {
  const { t } = useTranslation('record');
  const format = useFormat();
  const { of } = props;
  const { data, isPlaceholderData } = useGraph(PerHead, of === null ? { by: ['GOVERNORATE'] } : { by: ['DISTRICT'], where: { within: of } });
  if (!data || isPlaceholderData) return null;
  const { rows, rule } = data.funding;
  const figures = {
    values: new Map(
      rows.flatMap((row) => {
        const unit = row.district ?? row.governorate;
        return unit && row.perHead !== null && row.perHead !== undefined ? [[unit.id, Number(row.perHead)] as const] : [];
      }),
    ),
    measure: t('map.perHead'),
    shown: (value: number) => format.number(value, value < 10 ? 1 : 0),
  };
  return <UnitMap {...props} figures={figures} rule={<><RuleLine text={rule} /> {t('map.perHeadRule')}</>} />;
}
