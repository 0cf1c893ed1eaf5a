import { Plus, Trash2 } from 'lucide-react';
import { type ReactNode, memo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Refusals } from '../look/Refusals';
import { useFormat } from '../shell/format';
import { Control } from './Control';
import { Picker } from './Picker';
import { Removed } from './Removed';
import { Table } from './Table';
import { type Field, type PartsField } from './fields';
import { THERE, rowsOf } from './places';
import { freshName } from './freshName';
import { type Sheet, sameSheet, sheetsOf } from './sheet';
import { useBrief } from './useBrief';
import { useFirstFocus } from './useFirstFocus';

/** How deep a heading stands. */
export type Level = 2 | 3 | 4 | 5 | 6;

/** The parts of a record, such as the parties of an agreement: a line for each, that opens to its fields, or the lines of a table. */
export function Parts(props: { field: PartsField; sheet: Sheet; level: Level; /** Whether they are parts of a part. */ isInside?: boolean }): ReactNode {
  const { t } = useTranslation('edit');
  const format = useFormat();
  const { field, sheet, level } = props;
  const [opened, setOpened] = useState('');
  const rows = rowsOf(sheet.values, field.name);
  const sheetOf = sheetsOf(sheet, field.name);
  const Heading = `h${level}` as const;
  const name = t(`field.${field.label ?? field.name}`);
  const add = (): void => {
    const row = `new-${freshName()}`;
    sheet.onWrite({ [`${field.name}/${row}`]: THERE });
    setOpened(row);
  };
  return (
    // Only what stands in the form itself is a landmark: the parts of parts have the same names again and again.
    <section className="edit-parts" data-field={field.name} role={props.isInside ? 'group' : undefined} aria-label={name}>
      <header>
        <Heading>
          {name} <span>{format.number(rows.filter((row) => sheet.values[`${field.name}/${row}`] === THERE).length)}</span>
        </Heading>
        <button type="button" className="look-button" onClick={add}>
          <Plus aria-hidden className="icon" /> {t(`add.${field.label ?? field.name}`)}
        </button>
      </header>
      <Refusals lines={sheet.wrong[field.name] ?? []} />
      {field.as === 'table' ? (
        <Table field={field} sheet={sheet} added={opened} details={(measure, inside) => <Parts field={measure} sheet={inside} level={deeper(level)} isInside />} />
      ) : (
        rows.map((row) => {
          const place = `${field.name}/${row}`;
          return <Row key={row} field={field} isThere={sheet.values[place] === THERE} place={place} wrong={sheet.wrong[place]} inside={sheetOf(row)} isAdded={row === opened} level={deeper(level)} onWrite={sheet.onWrite} />;
        })
      )}
      {sheet.more[field.name] !== undefined && <p>{t('more', { count: sheet.more[field.name] })}</p>}
    </section>
  );
}

const deeper = (level: Level): Level => Math.min(level + 1, 6) as Level;

interface RowProps {
  field: PartsField;
  isThere: boolean;
  place: string;
  wrong: string[] | undefined;
  inside: Sheet;
  isAdded: boolean;
  level: Level;
  onWrite: Sheet['onWrite'];
}

const sameRow = (one: RowProps, other: RowProps): boolean => one.isThere === other.isThere && one.isAdded === other.isAdded && !one.wrong && !other.wrong && sameSheet(one.inside, other.inside);

const Row = memo(function Row(props: RowProps): ReactNode {
  const { t } = useTranslation('edit');
  const { field, place, inside, onWrite } = props;
  const [isOpened, setOpened] = useState(props.isAdded);
  const line = useFirstFocus<HTMLDetailsElement>(props.isAdded);
  const brief = useBrief()(field.fields, inside.values, inside.labels) || t('nothing yet');
  const isWrong = props.wrong !== undefined || Object.keys(inside.wrong).length > 0;
  // What is refused is never hidden.
  const isOpen = isOpened || isWrong || Object.keys(inside.theirs).length > 0;
  if (!props.isThere) return <Removed brief={brief} onPutBack={() => onWrite({ [place]: THERE })} />;
  return (
    <details ref={line} className="edit-row" open={isOpen} onToggle={(event) => event.target === event.currentTarget && setOpened(event.currentTarget.open)}>
      <summary>
        <bdi>{brief}</bdi>
      </summary>
      {isOpen && (
        <>
          <Refusals lines={props.wrong ?? []} />
          <div className="edit-row-fields">
            {field.fields.map((each) => (
              <FieldView key={each.name} field={each} sheet={inside} level={props.level} isInside />
            ))}
          </div>
          <button type="button" className="look-button" onClick={() => onWrite({ [place]: '' })}>
            <Trash2 aria-hidden className="icon" /> {t('remove')}
          </button>
        </>
      )}
    </details>
  );
}, sameRow);

/** What is linked to this record, each with a way out, and a field to look for more. */
function Links(props: { field: Extract<Field, { control: 'links' }>; sheet: Sheet }): ReactNode {
  const { t } = useTranslation('edit');
  const { field, sheet } = props;
  const name = t(`field.${field.name}`);
  const label = (id: string): string => sheet.labels[id] ?? id;
  return (
    <fieldset className="edit-field edit-is-links" data-field={field.name}>
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
export function FieldView(props: { field: Field; sheet: Sheet; level: Level; isInside?: boolean }): ReactNode {
  const { field, sheet, level } = props;
  if (field.control === 'parts') return <Parts field={field} sheet={sheet} level={level} isInside={props.isInside ?? false} />;
  if (field.control === 'links') return <Links field={field} sheet={sheet} />;
  return <Control field={field} sheet={sheet} />;
}
