import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { written } from '../edit/fields';
import { Badge, type BadgeState } from '../look/Badge';
import { To } from '../shell/To';
import { useLanguage } from '../shell/language';
import { type Page, type TextStanding, fields, standingOf } from './pages';

const shapes: Record<TextStanding, BadgeState> = { original: 'published', read: 'published', stale: 'stale', waits: 'submitted', missing: 'draft', none: 'neutral' };

/** The task at the bench that leads on from where a text stands. */
const tasks: Partial<Record<TextStanding, string>> = { stale: 'STALE', waits: 'REVIEW', missing: 'MISSING' };

/** Which texts of a page exist in which language, and whether readers have them; what is still to be done leads to the bench. */
export function Texts(props: { page: Page }): ReactNode {
  const { t } = useTranslation('pages');
  const { locale } = useLanguage();
  const { page } = props;
  const names = new Intl.DisplayNames(locale, { type: 'language' });
  return (
    <table className="pages-texts">
      <caption>{t('texts')}</caption>
      <thead>
        <tr>
          <td />
          {written.map((each) => (
            <th key={each} scope="col">
              {names.of(each)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {fields.map((field) => (
          <tr key={field}>
            <th scope="row">{t(`field.${field}`)}</th>
            {written.map((each) => {
              const standing = standingOf(page, field, each);
              const task = tasks[standing];
              const word = standing === 'none' ? '–' : <Badge state={shapes[standing]}>{t(`standing.${standing}`)}</Badge>;
              return <td key={each}>{task ? <To to={`/desk/translations?locale=${each}&kind=Page&task=${task}`}>{word}</To> : word}</td>;
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
