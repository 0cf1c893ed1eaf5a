import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { readNumber } from '../look/written';
import { type Measure } from './fields';
import { type Values, THERE, rowsOf } from './places';
import { freshName } from './freshName';
import { type Sheet, sheetsOf } from './sheet';

const isBrokenDown = (values: Values): boolean => Boolean(values['dimensions']);

/** The rows that are about a group only. */
export function brokenDown(field: Measure, sheet: Sheet): string[] {
  const sheetOf = sheetsOf(sheet, field.name);
  return rowsOf(sheet.values, field.name).filter((row) => sheet.values[`${field.name}/${row}`] === THERE && isBrokenDown(sheetOf(row).values));
}

/** What was measured as a whole, in one field: a number as such, anything else as the words in which it was reported. */
export function MeasureInput(props: { field: Measure; sheet: Sheet }): ReactNode {
  const { t } = useTranslation('edit');
  const id = useId();
  const { field, sheet } = props;
  const sheetOf = sheetsOf(sheet, field.name);
  // One that was emptied here comes back when something is written again.
  const row = rowsOf(sheet.values, field.name).find((each) => !isBrokenDown(sheetOf(each).values));
  const values = row !== undefined && sheet.values[`${field.name}/${row}`] === THERE ? sheetOf(row).values : {};
  const write = (text: string): void => {
    const place = `${field.name}/${row ?? `new-${freshName()}`}`;
    const read = readNumber(text);
    const isNumber = /^-?\d*\.?\d*$/.test(read);
    const says = text !== '' || Object.entries(values).some(([name, said]) => said && name !== 'value' && name !== 'valueText');
    sheet.onWrite({ [place]: says ? THERE : '', [`${place}/value`]: isNumber ? read : '', [`${place}/valueText`]: isNumber ? '' : text });
  };
  return (
    <fieldset className="edit-field edit-is-measure" data-field={field.name}>
      <legend id={id}>{t(`field.${field.label ?? field.name}`)}</legend>
      <input aria-labelledby={id} dir="auto" maxLength={200} value={values['value'] || (values['valueText'] ?? '')} onChange={(event) => write(event.target.value)} />
    </fieldset>
  );
}
