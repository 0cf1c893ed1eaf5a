import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../gql';
import { useGraph } from '../graph/useGraph';
import { Refusals } from '../look/Refusals';
import { useNames } from '../look/useNames';
import { type Field, type Values, placesOf } from './fields';

const Units = graphql(`
  query EditUnits {
    ministryUnits(first: 100) { nodes { id name { text } } }
  }
`);

interface ControlProps {
  field: Field;
  values: Values;
  onWrite: (place: string, text: string) => void;
  /** Why the server refused what stands here. */
  wrong: string[];
  /** What somebody else has written meanwhile, where this form says otherwise. */
  theirs: { place: string; text: string }[];
  onTakeTheirs: (place: string) => void;
  onKeepMine: (place: string) => void;
}

/** One field of a form: its name, one control for each place of it, and what is wrong with it. */
export function Control(props: ControlProps): ReactNode {
  const { t } = useTranslation('edit');
  const id = useId();
  const { field, wrong } = props;
  const places = placesOf(field);
  return (
    <fieldset className="edit-field">
      <legend>{t(`field.${field.name}`)}</legend>
      <div className={`edit-places edit-places-${places.length}`}>
        {places.map((place) => (
          <Place key={place} field={field} place={place} value={props.values[place] ?? ''} onWrite={(text) => props.onWrite(place, text)} isWrong={wrong.length > 0} describedBy={`${id}wrong`} />
        ))}
      </div>
      <div id={`${id}wrong`}>
        <Refusals lines={wrong} />
      </div>
      {props.theirs.map(({ place, text }) => (
        <p key={place} className="edit-theirs">
          {t('theirs')} <q dir="auto">{text || t('empty')}</q>
          <button type="button" className="look-button" onClick={() => props.onTakeTheirs(place)}>
            {t('take')}
          </button>
          <button type="button" className="look-button" onClick={() => props.onKeepMine(place)}>
            {t('keep')}
          </button>
        </p>
      ))}
    </fieldset>
  );
}

function Place(props: { field: Field; place: string; value: string; onWrite: (text: string) => void; isWrong: boolean; describedBy: string }): ReactNode {
  const { t, i18n } = useTranslation('edit');
  const { field, place, value } = props;
  const part = place.slice(field.name.length + 1);
  const common = {
    value,
    'aria-label': part ? `${t(`field.${field.name}`)}, ${t(`part.${part}`)}` : t(`field.${field.name}`),
    'aria-invalid': props.isWrong || undefined,
    'aria-describedby': props.describedBy,
    onChange: (event: { target: { value: string } }) => props.onWrite(event.target.value),
  };
  switch (field.control) {
    case 'longText':
      return <textarea {...common} rows={4} lang={part} dir={i18n.dir(part)} placeholder={t(`part.${part}`)} />;
    case 'text':
      return <input {...common} lang={part} dir={i18n.dir(part)} placeholder={t(`part.${part}`)} />;
    case 'date':
      return <input {...common} type="date" />;
    case 'number':
      return <input {...common} type="number" min={0} step={1} />;
    case 'choice':
      return <Choice {...common} enumeration={field.enumeration} values={field.values} />;
    case 'boolean':
      return (
        <select {...common}>
          {value === '' && <option value="" />}
          <option value="true">{t('yes')}</option>
          <option value="false">{t('no')}</option>
        </select>
      );
    case 'unit':
      return <Unit {...common} />;
    case 'money':
      return <input {...common} dir="ltr" inputMode={part === 'amount' ? 'decimal' : 'text'} maxLength={part === 'amount' ? 30 : 3} placeholder={t(`part.${part}`)} />;
    case 'currency':
      return <input {...common} dir="ltr" maxLength={3} />;
    case 'line':
      return <input {...common} dir="auto" />;
  }
}

type SelectProps = { value: string; onChange: (event: { target: { value: string } }) => void };

function Choice(props: SelectProps & { enumeration: string; values: readonly string[] }): ReactNode {
  const names = useNames();
  const { enumeration, values, ...rest } = props;
  return (
    <select {...rest}>
      <option value="" />
      {values.map((each) => (
        <option key={each} value={each}>
          {names(enumeration, each)}
        </option>
      ))}
    </select>
  );
}

function Unit(props: SelectProps): ReactNode {
  const { data } = useGraph(Units, {});
  return (
    <select {...props}>
      <option value="" />
      {data?.ministryUnits.nodes.map((unit) => (
        <option key={unit.id} value={unit.id}>
          {unit.name?.text ?? unit.id}
        </option>
      ))}
    </select>
  );
}
