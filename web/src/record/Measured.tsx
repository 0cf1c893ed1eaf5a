import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type LocalizedTextFields, Texted } from '../look/Texted';
import { useFormat } from '../shell/format';
import { CellName } from './parts';

interface Value {
  value?: string | null;
  valueText?: string | null;
}

/** An indicator with what was counted at the start, wanted and reached. */
export interface MeasuredIndicator {
  id: string;
  title?: LocalizedTextFields | null;
  baselines: Value[];
  periods: { id: string; periodEnd: string; targets: Value[]; actuals: Value[] }[];
}

/** The indicators of a result: one row for each indicator and period. */
export function Measured(props: { indicators: MeasuredIndicator[] }): ReactNode {
  const { t } = useTranslation('record');
  const format = useFormat();
  const shown = (values: Value[]): string => {
    const [first] = values;
    return first?.value ? format.number(first.value, 2) : (first?.valueText ?? t('measured.none'));
  };
  const rows = props.indicators.flatMap((indicator): { key: string; indicator: MeasuredIndicator; period: MeasuredIndicator['periods'][number] | null }[] =>
    indicator.periods.length > 0 ? indicator.periods.map((period) => ({ key: period.id, indicator, period })) : [{ key: indicator.id, indicator, period: null }],
  );
  if (rows.length === 0) return null;
  return (
    <table className="record-table record-stack">
      <thead>
        <tr>
          <th scope="col">{t('measured.indicator')}</th>
          <th scope="col">{t('measured.until')}</th>
          <th scope="col" className="record-number">{t('measured.baseline')}</th>
          <th scope="col" className="record-number">{t('measured.target')}</th>
          <th scope="col" className="record-number">{t('measured.actual')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, indicator, period }) => (
          <tr key={key}>
            <td>
              <Texted text={indicator.title} />
            </td>
            <td>{period ? format.date(period.periodEnd) : t('measured.none')}</td>
            <Count name={t('measured.baseline')}>{shown(indicator.baselines)}</Count>
            <Count name={t('measured.target')}>{shown(period?.targets ?? [])}</Count>
            <Count name={t('measured.actual')}>{shown(period?.actuals ?? [])}</Count>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A cell that keeps its name when the table becomes a stack. */
function Count(props: { name: string; children: ReactNode }): ReactNode {
  return (
    <td className="record-number">
      <CellName>{props.name}</CellName> {props.children}
    </td>
  );
}
