import enumerations from 'virtual:enumerations';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldTexts, useFieldNames } from '../look/useFieldNames';
import { useNames } from '../look/useNames';
import { useFormat } from '../shell/format';
import { useLanguage } from '../shell/language';
import { type Told, toldOf } from './valueText';

/** A field before and after. */
export interface Compared {
  key: string;
  /** The type it belongs to. */
  kind: string;
  field: string;
  before?: unknown;
  after?: unknown;
  /** The language of a text, where the field does not say it. */
  language?: string | undefined;
}

/** What the values of a field are, before and after. */
export const toldIn = (field: Compared): Told[] => [field.before, field.after].map((value) => toldOf(value, field.field, enumerations[field.kind]));

/** Fields side by side, each as it was and as it is: names, not codes, in the language of the reader. `kind` is the type that goes without saying. */
export function Compare(props: { kind?: string; fields: readonly Compared[]; link: (id: string) => ReactNode; heads: { field: string; before: string; after: string } }): ReactNode {
  const names = useFieldNames();
  const { heads } = props;
  return (
    <table className="desk-beside desk-compare">
      <thead>
        <tr>
          <th scope="col">{heads.field}</th>
          <th scope="col">{heads.before}</th>
          <th scope="col">{heads.after}</th>
        </tr>
      </thead>
      <tbody>
        {props.fields.map((field) => (
          <tr key={field.key}>
            <th scope="row" title={`${field.kind}.${field.field}`}>
              {props.kind !== undefined && field.kind !== props.kind && <span className="desk-kind">{names.kind(field.kind)} </span>}
              {names.field(field.field)}
            </th>
            {toldIn(field).map((value, at) => (
              <td key={at === 0 ? 'before' : 'after'} data-head={at === 0 ? heads.before : heads.after}>
                <Value told={value} link={props.link} language={field.language ?? /\.([a-z]{2,3})$/.exec(field.field)?.[1]} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** One value, as people of the page's language write it. */
function Value(props: { told: Told; link: (id: string) => ReactNode; language: string | undefined }): ReactNode {
  const { t } = useTranslation(fieldTexts);
  const { locale } = useLanguage();
  const names = useNames();
  const fieldNames = useFieldNames();
  const format = useFormat();
  const { told } = props;
  switch (told.sort) {
    case 'none':
      return '–';
    case 'boolean':
      return t(told.is ? 'edit:yes' : 'edit:no');
    case 'choice':
      return names(told.enumeration, told.value);
    case 'link':
      return props.link(told.id);
    case 'date':
      return format.date(told.text);
    case 'moment':
      return format.moment(told.text);
    case 'number':
      return format.number(told.text, told.places);
    case 'money':
      return format.money(told.amount, told.currency);
    case 'recurrence':
      return t(`edit:recurrence.${told.text}`, { defaultValue: told.text });
    case 'language':
      return languageName(told.text, locale);
    case 'field':
      return fieldNames.field(told.text);
    case 'code':
      return <bdi dir="ltr">{told.text}</bdi>;
    case 'list':
      return (
        <ul>
          {told.of.map((each, at) => (
            <li key={`${at} ${JSON.stringify(each)}`}>
              <Value {...props} told={each} />
            </li>
          ))}
        </ul>
      );
    case 'text':
      return (
        <span dir="auto" lang={props.language || undefined}>
          {told.text}
        </span>
      );
  }
}

/** A tag that names no language stays as it is. */
function languageName(tag: string, locale: string): string {
  try {
    return new Intl.DisplayNames(locale, { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}
