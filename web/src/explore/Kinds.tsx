import { Building2, FileText, Layers, MapPin } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../gql';
import { useGraph } from '../graph/useGraph';
import { To } from '../shell/To';
import { useFormat } from '../shell/format';
import type { Listing } from './Explore';

const Kept = graphql(`
  query ExploreKinds($organizations: OrganizationWhere, $agreements: AgreementWhere, $projects: ProjectWhere, $units: AdministrativeUnitWhere) {
    organizations(where: $organizations, first: 1) { totalCount }
    agreements(where: $agreements, first: 1) { totalCount }
    projects(where: $projects, first: 1) { totalCount }
    units: administrativeUnits(where: $units, first: 1) { totalCount }
  }
`);

/** The kinds of records, each with its sign. */
export const kinds = { organizations: Building2, agreements: FileText, projects: Layers, units: MapPin } as const;

/** The four lists, each with how many records it has in all, or, of words looked for, how many these are in. */
export function Kinds(props: { here?: Listing['name']; words?: string }): ReactNode {
  const { t } = useTranslation('explore');
  const format = useFormat();
  const where = props.words ? { search: props.words } : null;
  const { data } = useGraph(Kept, { organizations: where, agreements: where, projects: where, units: where }, { stays: () => false });
  const words = props.words ? `?q=${encodeURIComponent(props.words)}` : '';
  return (
    <nav className="explore-kinds" aria-label={t('kinds')}>
      {(Object.keys(kinds) as (keyof typeof kinds)[]).map((kind) => {
        const Picture = kinds[kind];
        return (
          <To key={kind} to={`/${kind}${words}`} aria-current={kind === props.here ? 'page' : undefined}>
            <Picture aria-hidden size={16} /> {t(`${kind}.title`)} {data && <small>{format.number(data[kind].totalCount)}</small>}
          </To>
        );
      })}
    </nav>
  );
}
