import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProjectFilter } from '../explore/projectFilter';
import { graphql } from '../gql';
import { useGraph } from '../graph/useGraph';
import { useFormat } from '../shell/format';
import { filters } from './view';

const Choices = graphql(`
  query FundingChoices {
    projects(first: 1) {
      funder: facet(by: FUNDER, first: 100) { value count record { ... on Organization { name { text } } } }
      sector: facet(by: SECTOR, first: 100) { value count record { ... on CodeListItem { name { text } } } }
      governorate: facet(by: GOVERNORATE, first: 100) { value count record { ... on AdministrativeUnit { name { text } } } }
      agreement: facet(by: AGREEMENT, first: 100) { value count record { ... on Agreement { name: title { text } } } }
    }
  }
`);

/** Which projects the figures are about: by funder, sector, governorate and agreement, each with the number of its projects. */
export function Filters(props: { only: ProjectFilter; onChange: (name: string, value: string | null) => void }): ReactNode {
  const { t } = useTranslation('funding');
  const format = useFormat();
  const { data } = useGraph(Choices, {});
  return (
    <fieldset className="funding-filters">
      <legend>{t('filter.label')}</legend>
      {filters.map((name) => {
        const chosen = props.only[name]?.[0] ?? '';
        const choices = data?.projects[name] ?? [];
        return (
          <label key={name}>
            {t(`filter.${name}`)}
            <select value={chosen} onChange={(event) => props.onChange(name, event.target.value || null)}>
              <option value="">{t('filter.any')}</option>
              {chosen && !choices.some((choice) => choice.value === chosen) && <option value={chosen}>{chosen}</option>}
              {choices.map((choice) => (
                <option key={choice.value} value={choice.value}>
                  {choice.record && 'name' in choice.record ? (choice.record.name?.text ?? choice.value) : choice.value} ({format.number(choice.count)})
                </option>
              ))}
            </select>
          </label>
        );
      })}
      <p>{t('filter.note')}</p>
    </fieldset>
  );
}
