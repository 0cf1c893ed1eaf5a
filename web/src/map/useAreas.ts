import { useMemo } from 'react';
import outline from 'virtual:country-outline';
import { graphql } from '../gql';
import { useGraph } from '../graph/useGraph';
import { type Drawn, drawBelow, drawCountry } from './areas';
import { ringsOf } from './geometry';

const Units = graphql(`
  query MapUnits($where: AdministrativeUnitWhere!) {
    administrativeUnits(where: $where, first: 40) {
      nodes {
        id
        pcode
        name { text locale direction }
        latitude
        longitude
        outline
        descendants(where: { level: { eq: 3 } }, first: 100) { nodes { latitude longitude } }
      }
    }
  }
`);

const country = ringsOf(outline);

/** The areas of a map: the governorates, or what lies right below one of them. Undefined until they are known. */
export function useAreas(of: string | null): { drawn: Drawn | undefined; error: unknown; refetch: () => void } {
  // Units of today; boundaries change with an import, not while a page is open.
  const today = { validTo: { isNull: true } };
  const governorates = useGraph(Units, { where: { ...today, level: { eq: 1 } } }, { staleTime: 'static' });
  const below = useGraph(Units, { where: { ...today, parent: { id: { eq: of ?? '' } } } }, { staleTime: 'static', enabled: of !== null });
  const all = governorates.data?.administrativeUnits.nodes;
  const own = below.isPlaceholderData ? undefined : below.data?.administrativeUnits.nodes;
  const whole = useMemo(() => (all ? drawCountry(all, country) : undefined), [all]);
  const drawn = useMemo(() => {
    if (of === null) return whole;
    return whole && own ? drawBelow(own, of, whole, country) : undefined;
  }, [of, whole, own]);
  return {
    drawn,
    error: governorates.error ?? below.error,
    refetch: () => {
      void governorates.refetch();
      if (of !== null) void below.refetch();
    },
  };
}
