import { ChevronDown, Trash2 } from 'lucide-react';
import { type CSSProperties, type ReactNode, memo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Refusals } from '../look/Refusals';
import { useFormat } from '../shell/format';
import { Control } from './Control';
import { MeasureInput, brokenDown } from './MeasureInput';
import { Removed } from './Removed';
import { type Measure, type PartsField, type Single } from './fields';
import { THERE, rowsOf } from './places';
import { type Sheet, sameSheet, sheetsOf } from './sheet';
import { useBrief } from './useBrief';
import { useFirstFocus } from './useFirstFocus';

type TableField = Extract<PartsField, { as: 'table' }>;

/** Draws what was measured with all that is said of it. */
type Details = (measure: Measure, inside: Sheet) => ReactNode;

/** Parts with few fields, as the lines of a table that is written into. */
export function Table(props: { field: TableField; sheet: Sheet; /** The line that was just added. */ added: string; details: Details }): ReactNode {
  const { t } = useTranslation('edit');
  const brief = useBrief();
  const { field, sheet } = props;
  const rows = rowsOf(sheet.values, field.name);
  const sheetOf = sheetsOf(sheet, field.name);
  if (rows.length === 0) return null;
  return (
    <div className="edit-table" style={{ '--edit-columns': field.fields.map(widthOf).join(' ') } as CSSProperties}>
      {/* Each field has its name; above the columns it is for the eye. */}
      <div className="edit-table-head" aria-hidden>
        {field.fields.map((each) => (
          <span key={each.name}>{t(`field.${each.label ?? each.name}`)}</span>
        ))}
      </div>
      {rows.map((row, index) => {
        const place = `${field.name}/${row}`;
        const inside = sheetOf(row);
        return sheet.values[place] === THERE ? (
          <Line key={row} field={field} number={index + 1} place={place} inside={inside} wrong={sheet.wrong[place]} isAdded={row === props.added} details={props.details} onWrite={sheet.onWrite} />
        ) : (
          <Removed key={row} brief={brief(field.fields, inside.values, inside.labels) || t('nothing yet')} onPutBack={() => sheet.onWrite({ [place]: THERE })} />
        );
      })}
    </div>
  );
}

interface LineProps {
  field: TableField;
  number: number;
  place: string;
  inside: Sheet;
  wrong: string[] | undefined;
  isAdded: boolean;
  details: Details;
  onWrite: Sheet['onWrite'];
}

const sameLine = (one: LineProps, other: LineProps): boolean => one.number === other.number && one.isAdded === other.isAdded && !one.wrong && !other.wrong && sameSheet(one.inside, other.inside);

const Line = memo(function Line(props: LineProps): ReactNode {
  const { t } = useTranslation('edit');
  const format = useFormat();
  const line = useFirstFocus<HTMLDivElement>(props.isAdded);
  const [isOpened, setOpened] = useState(false);
  const { field, inside } = props;
  const measures = field.fields.filter(isMeasure);
  // What is refused, or written otherwise by somebody else, is never hidden.
  const isOpen = isOpened || measures.some(({ name }) => [...Object.keys(inside.wrong), ...Object.keys(inside.theirs)].some((place) => place.startsWith(`${name}/`)));
  const groups = measures.reduce((sum, measure) => sum + brokenDown(measure, inside).length, 0);
  return (
    <div ref={line} className="edit-line" role="group" aria-label={t('line', { name: t(`field.${field.label ?? field.name}`), number: format.number(props.number) })}>
      {field.fields.map((each) => (isMeasure(each) ? <MeasureInput key={each.name} field={each} sheet={inside} /> : <Control key={each.name} field={each} sheet={inside} />))}
      <div className="edit-line-acts">
        {measures.length > 0 && (
          <button type="button" className="look-button" aria-expanded={isOpen} aria-label={t('breakdown')} title={t('breakdown')} onClick={() => setOpened(!isOpen)}>
            <ChevronDown aria-hidden className="icon" /> {groups > 0 && format.number(groups)}
          </button>
        )}
        <button type="button" className="look-button" aria-label={t('remove')} title={t('remove')} onClick={() => props.onWrite({ [props.place]: '' })}>
          <Trash2 aria-hidden className="icon" />
        </button>
      </div>
      <Refusals lines={props.wrong ?? []} />
      {isOpen && (
        <div className="edit-line-more">
          {measures.map((measure) => (
            <div key={measure.name}>{props.details(measure, inside)}</div>
          ))}
        </div>
      )}
    </div>
  );
}, sameLine);

const isMeasure = (field: Single | Measure): field is Measure => field.control === 'parts';

/** How much room a field needs beside others. */
function widthOf({ control }: Single | Measure): string {
  switch (control) {
    case 'record':
    case 'code':
    case 'unit':
      return 'minmax(0, 2fr)';
    case 'text':
      return 'minmax(0, 3fr)';
    case 'money':
      return 'minmax(0, 1.5fr)';
    case 'decimal':
    case 'number':
      return 'minmax(0, 0.7fr)';
    default:
      return 'minmax(0, 1fr)';
  }
}
