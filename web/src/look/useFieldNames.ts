import { useTranslation } from 'react-i18next';

/** The folders whose texts name fields; a page that names fields asks for them where it begins. */
export const fieldTexts = ['edit', 'translate'] as const;

/** The names of fields and of the parts of records as forms have them; what no form has keeps the name of the contract. */
export function useFieldNames(): { field: (name: string) => string; kind: (name: string) => string } {
  const { t } = useTranslation(fieldTexts);
  return {
    field: (name) => {
      const [base = name, ...inside] = name.split('.');
      const named = t([`edit:field.${base}`, `translate:field.${base}`, `edit:other.${base}`, `translate:subject.${base}`], { defaultValue: base });
      return [named, ...inside.map((part) => t(`edit:part.${part}`, { defaultValue: part }))].join(t('edit:comma'));
    },
    kind: (name) => t(`translate:subject.${name}`, { defaultValue: name }),
  };
}
