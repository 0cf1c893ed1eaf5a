import { Building2, FileText, Layers, MapPin } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../gql';
import { useGraph } from '../graph/useGraph';
import { To } from '../shell/To';
import { useFormat } from '../shell/format';
import type { Listing } from './Explore';

const Kept = graphql(`
  query ExploreKinds {
    organizations(first: 1) { totalCount }
    agreements(first: 1) { totalCount }
    projects(first: 1) { totalCount }
    units: administrativeUnits(first: 1) { totalCount }
  }
`);

const kinds = { organizations: Building2, agreements: FileText, projects: Layers, units: MapPin } as const;

/** The four lists, each with how many records it has in all. */
export function Kinds(props: { here: Listing['name'] }): ReactNode {
  const { t } = useTranslation('explore');
  const format = useFormat();
  const { data } = useGraph(Kept, {});
  return (
    <nav className="explore-kinds" aria-label={t('kinds')}>
      {(Object.keys(kinds) as (keyof typeof kinds)[]).map((kind) => {
        const Picture = kinds[kind];
        return (
          <To key={kind} to={`/${kind}`} aria-current={kind === props.here ? 'page' : undefined}>
            <Picture aria-hidden size={16} /> {t(`${kind}.title`)} {data && <small>{format.number(data[kind].totalCount)}</small>}
          </To>
        );
      })}
    </nav>
  );
}
