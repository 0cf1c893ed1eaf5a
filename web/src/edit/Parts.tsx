import { Plus, Trash2, Undo2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Refusals } from '../look/Refusals';
import { useFormat } from '../shell/format';
import { Control } from './Control';
import { Picker } from './Picker';
import { type Field, THERE, rowsOf } from './fields';
import { freshName } from './freshName';
import { type Sheet, sheetsOf } from './sheet';
import { useBrief } from './useBrief';

/** The parts of a record, such as the parties of an agreement: a line for each, that opens to its fields. */
export function Parts(props: { field: Extract<Field, { control: 'parts' }>; sheet: Sheet }): ReactNode {
  const { t } = useTranslation('edit');
  const format = useFormat();
  const { field, sheet } = props;
  const [opened, setOpened] = useState('');
  const rows = rowsOf(sheet.values, field.name);
  const sheetOf = sheetsOf(sheet, field.name);
  const add = (): void => {
    const row = `new-${freshName()}`;
    sheet.onWrite({ [`${field.name}/${row}`]: THERE });
    setOpened(row);
  };
  return (
    <section className="edit-parts" data-field={field.name} aria-label={t(`field.${field.name}`)}>
      <header>
        <h2>
          {t(`field.${field.name}`)} <span>{format.number(rows.filter((row) => sheet.values[`${field.name}/${row}`] === THERE).length)}</span>
        </h2>
        <button type="button" className="look-button" onClick={add}>
          <Plus aria-hidden className="icon" /> {t(`add.${field.name}`)}
        </button>
      </header>
      <Refusals lines={sheet.wrong[field.name] ?? []} />
      {rows.map((row) => (
        <Row key={row} field={field} place={`${field.name}/${row}`} sheet={sheet} inside={sheetOf(row)} isOpened={row === opened} />
      ))}
      {sheet.more[field.name] !== undefined && <p>{t('more', { count: sheet.more[field.name] })}</p>}
    </section>
  );
}

function Row(props: { field: Extract<Field, { control: 'parts' }>; place: string; sheet: Sheet; inside: Sheet; isOpened: boolean }): ReactNode {
  const { t } = useTranslation('edit');
  const { field, place, sheet, inside } = props;
  const brief = useBrief()(field.fields, inside.values, inside.labels) || t('nothing yet');
  const isWrong = sheet.wrong[place] !== undefined || Object.keys(inside.wrong).length > 0;
  if (sheet.values[place] !== THERE)
    return (
      <p className="edit-removed">
        <s dir="auto">{brief}</s>
        <button type="button" className="look-button" onClick={() => sheet.onWrite({ [place]: THERE })}>
          <Undo2 aria-hidden className="icon" /> {t('put back')}
        </button>
      </p>
    );
  return (
    // What is refused is never hidden.
    <details className="edit-row" open={props.isOpened || isWrong || Object.keys(inside.theirs).length > 0}>
      <summary dir="auto">{brief}</summary>
      <Refusals lines={sheet.wrong[place] ?? []} />
      <div className="edit-row-fields">
        {field.fields.map((each) => (
          <FieldView key={each.name} field={each} sheet={inside} />
        ))}
      </div>
      <button type="button" className="look-button" onClick={() => sheet.onWrite({ [place]: '' })}>
        <Trash2 aria-hidden className="icon" /> {t('remove')}
      </button>
    </details>
  );
}

/** The records linked to this one, each with a way out, and a field to look for more. */
function Links(props: { field: Extract<Field, { control: 'links' }>; sheet: Sheet }): ReactNode {
  const { t } = useTranslation('edit');
  const { field, sheet } = props;
  const name = t(`field.${field.name}`);
  const label = (id: string): string => sheet.labels[id] ?? id;
  return (
    <fieldset className="edit-field" data-field={field.name}>
      <legend>{name}</legend>
      <ul className="edit-links">
        {rowsOf(sheet.values, field.name)
          .filter((id) => sheet.values[`${field.name}/${id}`] === THERE)
          .map((id) => (
            <li key={id}>
              <span dir="auto">{label(id)}</span>
              <button type="button" aria-label={t('unlink', { name: label(id) })} onClick={() => sheet.onWrite({ [`${field.name}/${id}`]: '' })}>
                ×
              </button>
            </li>
          ))}
      </ul>
      <Picker among={field} label="" name={t(`add.${field.name}`)} onPick={(one) => one && sheet.onWrite({ [`${field.name}/${one.id}`]: THERE }, { [one.id]: one.label })} />
      <Refusals lines={sheet.wrong[field.name] ?? []} />
    </fieldset>
  );
}

/** A field of whatever sort. */
export function FieldView(props: { field: Field; sheet: Sheet }): ReactNode {
  const { field, sheet } = props;
  if (field.control === 'parts') return <Parts field={field} sheet={sheet} />;
  if (field.control === 'links') return <Links field={field} sheet={sheet} />;
  return <Control field={field} sheet={sheet} />;
}
