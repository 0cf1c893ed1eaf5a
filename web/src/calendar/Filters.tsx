import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Picker } from '../edit/Picker';
import { graphql } from '../gql';
import { AgendaKind } from '../gql/graphql';
import { useGraph } from '../graph/useGraph';
import '../edit/edit.css';

const Units = graphql(`
  query CalendarUnits {
    ministryUnits(first: 100) { nodes { id code name { text } } }
  }
`);
const Organization = graphql(`
  query CalendarOrganization($id: ID!) {
    organization(by: { id: $id }) { id code name { text } }
  }
`);

/** What of the agenda is looked at: by kind, by unit of the ministry, by organization, with what is settled or without. */
export function Filters(props: { params: URLSearchParams; onChange: (values: Record<string, string | null>) => void }): ReactNode {
  const { t } = useTranslation(['calendar', 'desk', 'edit']);
  const id = useId();
  const { params, onChange } = props;
  const organization = params.get('organization');
  const units = useGraph(Units, {}).data?.ministryUnits.nodes ?? [];
  const chosen = useGraph(Organization, { id: organization ?? '' }, { enabled: organization !== null, stays: () => false }).data?.organization;
  const kind = params.get('kind');
  return (
    <div className="calendar-filters look-inputs">
      <div className="desk-filter" role="group" aria-label={t('desk:day.kinds')}>
        {[null, ...Object.values(AgendaKind)].map((one) => (
          <button key={one ?? ''} type="button" aria-pressed={kind === one} onClick={() => onChange({ kind: one, item: null })}>
            {one === null ? t('desk:day.all') : t(`desk:kind.${one}`)}
          </button>
        ))}
        <label className="calendar-check">
          <input type="checkbox" checked={params.has('settled')} onChange={(event) => onChange({ settled: event.target.checked ? '1' : null, item: null })} /> {t('settled')}
        </label>
      </div>
      <label htmlFor={id}>
        {t('owner')}
        <select id={id} value={params.get('owner') ?? ''} onChange={(event) => onChange({ owner: event.target.value || null, item: null })}>
          <option value="">{t('all')}</option>
          {units.map((unit) => (
            <option key={unit.id} value={unit.id}>
              {unit.name?.text ?? unit.code}
            </option>
          ))}
        </select>
      </label>
      <div className="calendar-organization">
        <span aria-hidden>{t('organization')}</span>
        <Picker
          among={{ of: 'ORGANIZATION' }}
          name={t('organization')}
          label={organization === null ? '' : (chosen?.name?.text ?? chosen?.code ?? '')}
          onPick={(picked) => onChange({ organization: picked?.id ?? null, item: null })}
        />
      </div>
    </div>
  );
}
