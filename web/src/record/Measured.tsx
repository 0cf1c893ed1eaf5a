import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { IndicatorMeasure } from '../gql/graphql';
import { Badge } from '../look/Badge';
import { type LocalizedTextFields, Texted } from '../look/Texted';
import { useFormat } from '../shell/format';
import { useLanguage } from '../shell/language';
import { CellName } from './parts';
import './measured.css';

interface Value {
  value?: string | null;
  valueText?: string | null;
}

/** An indicator with what was counted at the start, wanted and reached. */
export interface MeasuredIndicator {
  id: string;
  measure: IndicatorMeasure;
  title?: LocalizedTextFields | null;
  baselines: (Value & { year?: number | null })[];
  periods: { id: string; periodEnd: string; targets: Value[]; actuals: Value[]; progress: { achieved?: boolean | null } }[];
}

/** The indicators of a result, each with its periods: what was aimed at, what was reached, and how near that comes. */
export function Measured(props: { result: LocalizedTextFields | null | undefined; indicators: MeasuredIndicator[] }): ReactNode {
  return props.indicators.map((indicator) => <Indicator key={indicator.id} indicator={indicator} isNamed={indicator.title?.text !== props.result?.text} />);
}

function Indicator({ indicator, isNamed }: { indicator: MeasuredIndicator; /** Whether it has a name of its own beside that of its result. */ isNamed: boolean }): ReactNode {
  const { t } = useTranslation('record');
  const format = useFormat();
  const shown = (values: readonly Value[]): string => {
    const [first] = values;
    if (!first?.value) return first?.valueText ?? t('measured.none');
    return indicator.measure === 'PERCENTAGE' ? format.percent(Number(first.value) / 100) : format.number(first.value, 2);
  };
  const number = (values: readonly Value[]): number => Number(values[0]?.value ?? 0);
  const [baseline] = indicator.baselines;
  const largest = indicator.measure === 'PERCENTAGE' ? 100 : Math.max(number(indicator.baselines), ...indicator.periods.flatMap(({ targets, actuals }) => [number(targets), number(actuals)]));
  return (
    <>
      {isNamed && (
        <h4>
          <Texted text={indicator.title} />
        </h4>
      )}
      {baseline && (
        <p className="record-note">
          {t('measured.baseline')}: {shown(indicator.baselines)} {typeof baseline.year === 'number' && `(${format.year(baseline.year)})`}
        </p>
      )}
      {indicator.periods.length > 0 && (
        <table className="record-table record-stack record-measured">
          <thead>
            <tr>
              <th scope="col">{t('measured.until')}</th>
              <th scope="col" className="record-number">{t('measured.target')}</th>
              <th scope="col" className="record-number">{t('measured.actual')}</th>
              <th scope="col">
                <span className="hidden">{t('measured.standing')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {indicator.periods.map(({ id, periodEnd, targets, actuals, progress }) => (
              <tr key={id}>
                <td>{format.date(periodEnd)}</td>
                <Count name={t('measured.target')}>{shown(targets)}</Count>
                <Count name={t('measured.actual')}>{shown(actuals)}</Count>
                <td>
                  <span className="record-reach">
                    {largest > 0 && <Reach largest={largest} from={number(indicator.baselines)} target={targets[0]?.value} actual={actuals[0]?.value} />}
                    {typeof progress.achieved === 'boolean' && <Badge state={progress.achieved ? 'done' : 'late'}>{t(progress.achieved ? 'measured.reached' : 'measured.missed')}</Badge>}
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

const LONG = 200;

/** From the baseline to what was reached as a bar from the reading edge, the target as a mark on its way. The cells beside it say the same. */
function Reach(props: { largest: number; from: number; target: string | null | undefined; actual: string | null | undefined }): ReactNode {
  const { dir } = useLanguage();
  const at = (value: number): number => (LONG * Math.min(props.largest, Math.max(0, value))) / props.largest;
  const placed = (from: number, wide: number): { x: number; width: number } => ({ x: dir === 'rtl' ? LONG - from - wide : from, width: wide });
  const [low, high] = [Math.min(props.from, Number(props.actual ?? props.from)), Math.max(props.from, Number(props.actual ?? props.from))];
  const mark = 3;
  return (
    <svg viewBox={`0 0 ${LONG} 14`} preserveAspectRatio="none" aria-hidden>
      <rect className="record-reach-way" {...placed(0, LONG)} y={3} height={8} />
      {props.actual && <rect className="record-reach-before" {...placed(0, at(low))} y={3} height={8} />}
      {props.actual && <rect className="record-reach-actual" {...placed(at(low), at(high) - at(low))} y={3} height={8} />}
      {props.target && <rect className="record-reach-target" {...placed(Math.max(0, at(Number(props.target)) - mark), mark)} y={0} height={14} />}
    </svg>
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
