import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Badge } from '../look/Badge';
import { Texted } from '../look/Texted';
import { badges } from '../look/states';
import { useNames } from '../look/useNames';
import { To } from '../shell/To';
import type { Column, Listing, Row } from './Explore';
import { type Selection, sortBy } from './selection';

interface RowsProps {
  listing: Listing;
  rows: readonly Row[];
}

/** The records as a table; on a narrow screen each becomes a stack of named values. */
export function Rows(props: RowsProps & { selection: Selection; onSelect: (next: Selection) => void }): ReactNode {
  const { t } = useTranslation('explore');
  const { listing, selection, onSelect } = props;
  const head = (column: Column): ReactNode => {
    const sorted = column.sort !== undefined && selection.sort.replace(/^-/, '') === column.sort;
    const descending = selection.sort.startsWith('-');
    return (
      <th key={column.name} scope="col" className={column.number ? 'explore-number' : undefined} aria-sort={sorted ? (descending ? 'descending' : 'ascending') : undefined}>
        {column.sort === undefined ? (
          t(`column.${column.name}`)
        ) : (
          <button type="button" onClick={() => onSelect(sortBy(selection, column.sort ?? ''))}>
            {t(`column.${column.name}`)} {sorted && <span aria-hidden>{descending ? '↓' : '↑'}</span>}
          </button>
        )}
      </th>
    );
  };
  return (
    <table className="explore-table">
      <thead>
        <tr>
          {head({ name: 'title', sort: listing.name === 'units' ? 'PCODE' : 'CODE' })}
          {listing.columns.map(head)}
        </tr>
      </thead>
      <tbody>
        {props.rows.map((row) => (
          <tr key={row.id}>
            <th scope="row">
              <To to={row.to}>
                <Texted text={row.title} fallback={row.code} />
              </To>
              <Under row={row} />
            </th>
            {listing.columns.map((column, index) => (
              <td key={column.name} className={column.number ? (column.parts ? 'explore-number explore-money' : 'explore-number') : undefined} data-label={t(`column.${column.name}`)}>
                <div>{row.cells[index]?.shown}</div>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The records as cards, side by side. */
export function Cards(props: RowsProps): ReactNode {
  const { t } = useTranslation('explore');
  return (
    <ul className="explore-cards">
      {props.rows.map((row) => (
        <li key={row.id}>
          <h2>
            <To to={row.to}>
              <Texted text={row.title} fallback={row.code} />
            </To>
          </h2>
          <Under row={row} />
          <dl>
            {props.listing.columns.map((column, index) => (
              <div key={column.name}>
                <dt>{t(`column.${column.name}`)}</dt>
                <dd>{row.cells[index]?.shown}</dd>
              </div>
            ))}
          </dl>
        </li>
      ))}
    </ul>
  );
}

/** What kind of record it is, and its code; of one that readers do not see, where it stands. */
function Under(props: { row: Row }): ReactNode {
  const names = useNames();
  const { kind, code, state } = props.row;
  return (
    <span className="explore-under">
      {kind && <>{kind} · </>}
      <bdi dir="ltr">{code}</bdi> {state !== 'PUBLISHED' && <Badge state={badges[state]}>{names('RecordState', state)}</Badge>}
    </span>
  );
}
