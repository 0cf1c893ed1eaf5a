import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../gql';
import { useGraph } from '../graph/useGraph';
import { nameOf } from '../languages/names';
import { DateInput } from '../look/DateInput';
import { Refusals } from '../look/Refusals';
import { useNames } from '../look/useNames';
import { readNumber } from '../look/written';
import { useLanguage } from '../shell/language';
import { type Choosable, Picker } from './Picker';
import { Pairs } from './Pairs';
import { Upload } from './Upload';
import { type Single, placesOf, written } from './fields';
import type { Sheet } from './sheet';
import { type ShortList, useItems } from './useItems';
import { useWorded } from './useWorded';

const Units = graphql(`
  query EditUnits {
    ministryUnits(first: 100) { nodes { id name { text } } }
  }
`);

const Locales = graphql(`
  query EditLocales {
    workingLocales { locale }
  }
`);

/** One field of a form: its name, one control for each place of it, and what is wrong with it. */
export function Control(props: { field: Single; sheet: Sheet }): ReactNode {
  const { t } = useTranslation('edit');
  const id = useId();
  const { field, sheet } = props;
  const places = placesOf(field);
  const wrong = sheet.wrong[field.name] ?? [];
  const help = t(`help.${field.label ?? field.name}`, { defaultValue: '' });
  return (
    <fieldset className={`edit-field edit-is-${field.control}`} data-field={field.name}>
      <legend>{t(`field.${field.label ?? field.name}`)}</legend>
      <div className={`edit-places edit-places-${places.length}`}>
        {places.map((place) => (
          <Place key={place} field={field} place={place} sheet={sheet} isWrong={wrong.length > 0} describedBy={help ? `${id}help ${id}wrong` : `${id}wrong`} />
        ))}
      </div>
      {help && (
        <small id={`${id}help`} className="edit-help">
          {help}
        </small>
      )}
      <div id={`${id}wrong`}>
        <Refusals lines={wrong} />
      </div>
      {places
        .filter((place) => sheet.theirs[place] !== undefined)
        .map((place) => (
          <Theirs key={place} field={field} place={place} sheet={sheet} />
        ))}
    </fieldset>
  );
}

/** What somebody else has written in a place, to be taken or not. */
function Theirs(props: { field: Single; place: string; sheet: Sheet }): ReactNode {
  const { t } = useTranslation('edit');
  const { field, place, sheet } = props;
  const worded = useWorded();
  return (
    <p className="edit-theirs">
      {t('theirs')} <q dir="auto">{worded(field, place, sheet.theirs[place] ?? '', sheet.labels) || t('empty')}</q>
      <button type="button" className="look-button" onClick={() => sheet.onTakeTheirs(place)}>
        {t('take')}
      </button>
      <button type="button" className="look-button" onClick={() => sheet.onKeepMine(place)}>
        {t('keep')}
      </button>
    </p>
  );
}

function Place(props: { field: Single; place: string; sheet: Sheet; isWrong: boolean; describedBy: string }): ReactNode {
  const { t, i18n } = useTranslation('edit');
  const { field, place, sheet } = props;
  const value = sheet.values[place] ?? '';
  const part = place.slice(field.name.length + 1);
  const label = t(`field.${field.label ?? field.name}`);
  const name = part ? `${label}, ${t(`part.${part}`)}` : label;
  const common = {
    value,
    'aria-label': name,
    'aria-invalid': props.isWrong || undefined,
    'aria-describedby': props.describedBy,
    onChange: (event: { target: { value: string } }) => sheet.onWrite({ [place]: event.target.value }),
  };
  // Whichever digits and separators were written or pasted.
  const amount = { dir: 'ltr', inputMode: 'decimal', maxLength: 30, onChange: (event: { target: { value: string } }) => sheet.onWrite({ [place]: readNumber(event.target.value) }) } as const;
  const picked = (one: Choosable | null): void => sheet.onWrite({ [place]: one?.id ?? '' }, one ? { [one.id]: one.label } : {});
  switch (field.control) {
    case 'longText':
      return <textarea {...common} rows={4} lang={part} dir={i18n.dir(part)} placeholder={t(`part.${part}`)} />;
    case 'text':
      return <input {...common} lang={part} dir={i18n.dir(part)} placeholder={t(`part.${part}`)} />;
    case 'date':
      return <DateInput {...common} onWrite={(day) => sheet.onWrite({ [place]: day })} />;
    case 'year':
    case 'number':
      return <input {...common} dir="ltr" inputMode="numeric" maxLength={12} onChange={(event) => sheet.onWrite({ [place]: /^\d*/.exec(readNumber(event.target.value))?.[0] ?? '' })} />;
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
      return part === 'amount' ? (
        <input {...common} {...amount} placeholder={t('part.amount')} />
      ) : (
        <input {...common} dir="ltr" maxLength={3} placeholder={t('part.currency')} onChange={(event) => sheet.onWrite({ [place]: event.target.value.toUpperCase() })} />
      );
    case 'record':
    case 'code':
      return <Picker among={field} label={sheet.labels[value] ?? value} name={name} isWrong={props.isWrong} describedBy={props.describedBy} onPick={picked} />;
    case 'recurrence':
      return <Recurrence {...common} />;
    case 'file':
      return <Upload label={sheet.labels[value] ?? value} name={name} onStored={picked} />;
    case 'lines':
      return <textarea {...common} rows={3} dir="auto" />;
    case 'decimal':
    case 'coordinate':
      return <input {...common} {...amount} />;
    case 'item':
      return <Item {...common} list={field.list} />;
    case 'languages':
      return <Languages value={value} name={name} onWrite={(text) => sheet.onWrite({ [place]: text })} />;
    case 'pairs':
      return <Pairs value={value} name={name} onWrite={(text) => sheet.onWrite({ [place]: text })} />;
    case 'language':
      return <Language {...common} />;
    case 'locale':
      return <input {...common} dir="ltr" maxLength={12} />;
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

function Item(props: SelectProps & { list: ShortList }): ReactNode {
  const { list, ...rest } = props;
  const items = useItems()(list);
  return (
    <select {...rest}>
      <option value="" />
      {items.map(({ code, name }) => (
        <option key={code} value={code}>
          {name}
        </option>
      ))}
      {rest.value !== '' && !items.some(({ code }) => code === rest.value) && <option value={rest.value}>{rest.value}</option>}
    </select>
  );
}

/** The languages in which people work here, and others that are meant already. */
function useKnownLanguages(others: readonly string[]): { code: string; name: string }[] {
  const { locale } = useLanguage();
  const { data } = useGraph(Locales, {});
  const codes = new Set([...written, ...(data?.workingLocales.map((each) => each.locale) ?? []), ...others]);
  return [...codes].map((code) => ({ code, name: code && (nameOf(code, locale) ?? code) }));
}

function Language(props: SelectProps): ReactNode {
  return (
    <select {...props}>
      {useKnownLanguages([props.value]).map(({ code, name }) => (
        <option key={code} value={code}>
          {name}
        </option>
      ))}
    </select>
  );
}

function Languages(props: { value: string; name: string; onWrite: (text: string) => void }): ReactNode {
  const chosen = props.value.split(' ').filter(Boolean);
  return (
    <div className="edit-ticks" role="group" aria-label={props.name}>
      {useKnownLanguages(chosen).map(({ code, name }) => (
        <label key={code}>
          <input type="checkbox" checked={chosen.includes(code)} onChange={(event) => props.onWrite((event.target.checked ? [...chosen, code] : chosen.filter((each) => each !== code)).join(' '))} /> {name}
        </label>
      ))}
    </div>
  );
}

/** How often a duty returns, as RFC 5545 writes it. */
const recurrences = ['FREQ=MONTHLY', 'FREQ=MONTHLY;INTERVAL=3', 'FREQ=MONTHLY;INTERVAL=6', 'FREQ=YEARLY', 'FREQ=YEARLY;INTERVAL=2', 'FREQ=YEARLY;INTERVAL=4'] as const;

function Recurrence(props: SelectProps): ReactNode {
  const { t } = useTranslation('edit');
  const isOther = props.value !== '' && !recurrences.some((rule) => rule === props.value);
  return (
    <select {...props}>
      <option value="">{t('recurrence.once')}</option>
      {recurrences.map((rule) => (
        <option key={rule} value={rule}>
          {t(`recurrence.${rule}`)}
        </option>
      ))}
      {isOther && <option value={props.value}>{props.value}</option>}
    </select>
  );
}
