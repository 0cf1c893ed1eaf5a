import { useTranslation } from 'react-i18next';
import { useNames } from '../look/useNames';
import { useFormat } from '../shell/format';
import { useLanguage } from '../shell/language';
import type { Field } from './fields';

/** Puts what stands in a place of a field into the words of the page: names instead of codes and ids, days as they are written. */
export function useWorded(): (field: Field, place: string, value: string, labels: Readonly<Record<string, string>>) => string {
  const { t } = useTranslation('edit');
  const { locale } = useLanguage();
  const names = useNames();
  const format = useFormat();
  return (field, place, value, labels) => {
    if (value === '') return '';
    switch (field.control) {
      case 'choice':
        return names(field.enumeration, value);
      case 'date':
        return format.date(value);
      case 'boolean':
        return t(value === 'true' ? 'yes' : 'no');
      case 'money':
        return place.endsWith('.amount') && isNumber(value) ? format.number(value, 2) : value;
      case 'number':
      case 'decimal':
        return isNumber(value) ? format.number(value, 6) : value;
      case 'recurrence':
        return t(`recurrence.${value}`, { defaultValue: value });
      case 'language':
        return new Intl.DisplayNames(locale, { type: 'language' }).of(value) ?? value;
      default:
        return labels[value] ?? value;
    }
  };
}

/** What is being written may be no number yet. */
const isNumber = (text: string): boolean => Number.isFinite(Number(text));
