import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../gql';
import { useGraph } from '../graph/useGraph';
import { ErrorNote } from '../look/ErrorNote';
import { Loading } from '../look/Loading';
import { Texted } from '../look/Texted';
import { To } from '../shell/To';
import { useFormat } from '../shell/format';

const Units = graphql(`
  query AgreementUnitsBehind($id: ID!, $level: Int) {
    agreement(by: { id: $id }) {
      delivered {
        units(level: $level) { projectCount unit { id pcode level name { text locale direction } parent { name { text locale direction } } } }
      }
    }
  }
`);

/** The units in which projects under the agreement work, with the number of these projects. */
export function UnitsBehind(props: { id: string; level: number | null }): ReactNode {
  const { t } = useTranslation('agreement');
  const format = useFormat();
  const { data, error, refetch } = useGraph(Units, { id: props.id, level: props.level }, { stays: () => false });
  if (error) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  const units = data?.agreement?.delivered.units.flatMap(({ unit, projectCount }) => (unit ? [{ ...unit, projectCount }] : []));
  if (!units) return <Loading />;
  if (units.length === 0) return <p className="record-none">{t('behind.nothing')}</p>;
  return (
    <table className="record-table agreement-stack">
      <thead>
        <tr>
          <th scope="col">{t('behind.unit')}</th>
          <th scope="col">{t('behind.in')}</th>
          <th scope="col" className="record-number">{t('delivered.projects')}</th>
        </tr>
      </thead>
      <tbody>
        {units.map((unit) => (
          <tr key={unit.id}>
            <th scope="row">
              <To to={`/units/${unit.id}`}>
                <Texted text={unit.name} fallback={unit.pcode} />
              </To>{' '}
              <bdi dir="ltr" className="record-note">{unit.pcode}</bdi>
            </th>
            <td data-label={t('behind.in')}>{unit.parent ? <Texted text={unit.parent.name} /> : t('none')}</td>
            <td data-label={t('delivered.projects')} className="record-number">
              {/* Of the country as such there is no list; the list of projects knows what lies in a governorate and in what is below one. */}
              {unit.level === 0 ? format.number(unit.projectCount) : <To to={`/projects?agreement=${props.id}&${unit.level === 1 ? 'governorate' : 'district'}=${unit.id}`}>{format.number(unit.projectCount)}</To>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
