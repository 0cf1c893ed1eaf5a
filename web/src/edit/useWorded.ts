import { useTranslation } from 'react-i18next';
import { nameOf } from '../languages/names';
import { useNames } from '../look/useNames';
import { useFormat } from '../shell/format';
import { useLanguage } from '../shell/language';
import { type Field, pairsIn } from './fields';
import { useItems } from './useItems';

/** Puts what stands in a place of a field into the words of the page: names instead of codes and ids, days as they are written. */
export function useWorded(): (field: Field, place: string, value: string, labels: Readonly<Record<string, string>>) => string {
  const { t } = useTranslation('edit');
  const { locale } = useLanguage();
  const names = useNames();
  const items = useItems();
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
      case 'item':
        return items(field.list).find(({ code }) => code === value)?.name ?? value;
      case 'languages':
        return value.split(' ').map((each) => (nameOf(each, locale) ?? each)).join(t('comma'));
      case 'pairs':
        return pairsIn(value).map(([name, one]) => `${name}: ${one}`).join(t('comma'));
      case 'number':
      case 'coordinate':
      case 'decimal':
        return isNumber(value) ? format.number(value, 6) : value;
      case 'recurrence':
        return t(`recurrence.${value}`, { defaultValue: value });
      case 'locale':
      case 'language':
        return nameOf(value, locale) ?? value;
      default:
        return labels[value] ?? value;
    }
  };
}

/** What is being written may be no number yet. */
const isNumber = (text: string): boolean => Number.isFinite(Number(text));
