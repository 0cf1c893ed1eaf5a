import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNames } from '../look/useNames';
import { useFormat } from '../shell/format';
import type { DataSet } from './runs';

/** The data sets that records came from: what each holds, whose it is, when it was last imported. */
export function DataSets(props: { sets: readonly DataSet[] }): ReactNode {
  const { t } = useTranslation('imports');
  const format = useFormat();
  const names = useNames();
  if (props.sets.length === 0) return null;
  return (
    <section className="imports-sets">
      <h2 id="imports-sets">{t('sets')}</h2>
      <div role="region" aria-labelledby="imports-sets" tabIndex={0}>
        <table>
          <thead>
            <tr>
              {(['name', 'holds', 'publisher', 'imported'] as const).map((name) => (
                <th key={name} scope="col">
                  {t(`column.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {props.sets.map((set) => (
              <tr key={set.id}>
                <th scope="row">
                  <bdi>{set.name}</bdi>
                  {set.licence && (
                    <small>
                      <bdi>{set.licence}</bdi>
                    </small>
                  )}
                </th>
                <td>{names('DataSetKind', set.kind)}</td>
                <td>{set.publisher ? <bdi>{set.publisher}</bdi> : t('unnamed')}</td>
                <td>{set.importedAt ? format.date(set.importedAt) : t('unknown')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
