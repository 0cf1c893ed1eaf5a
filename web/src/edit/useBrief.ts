import { useTranslation } from 'react-i18next';
import { useLanguage } from '../shell/language';
import type { Field } from './fields';
import type { Values } from './places';
import { useWorded } from './useWorded';

/** How many of the first fields stand in the line of a part. */
const BRIEF = 4;

/** Puts a part into a line: its first fields that say something. */
export function useBrief(): (fields: readonly Field[], values: Values, labels: Readonly<Record<string, string>>) => string {
  const { t } = useTranslation('edit');
  const { locale } = useLanguage();
  const worded = useWorded();
  return (fields, values, labels) => {
    const text = (field: Field): string => {
      const value = values[field.name] ?? '';
      switch (field.control) {
        case 'text':
        case 'longText':
          return values[`${field.name}.${locale}`] || values[`${field.name}.${locale === 'ar' ? 'en' : 'ar'}`] || '';
        case 'money':
          return ['amount', 'currency'].map((part) => worded(field, `${field.name}.${part}`, values[`${field.name}.${part}`] ?? '', labels)).filter(Boolean).join(' ');
        case 'boolean':
          return value === 'true' ? t(`field.${field.name}`) : '';
        default:
          return worded(field, field.name, value, labels);
      }
    };
    return fields.slice(0, BRIEF).map(text).filter(Boolean).join(' · ');
  };
}
