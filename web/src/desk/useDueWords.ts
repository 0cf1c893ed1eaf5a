import { useTranslation } from 'react-i18next';
import type { BadgeState } from '../look/Badge';
import { useFormat } from '../shell/format';

/** What comes within so many days comes soon. */
export const SOON_DAYS = 14;

/** How a date stands that so many days are left to. */
export const stateOf = (daysLeft: number): BadgeState => (daysLeft < 0 ? 'late' : daysLeft <= SOON_DAYS ? 'soon' : 'later');

/** Tells how many days are left, or how late it is. */
export function useDueWords(): (daysLeft: number) => string {
  const { t } = useTranslation('desk');
  const format = useFormat();
  return (daysLeft) => (daysLeft < 0 ? t('day.lateBy', { count: -daysLeft, shown: format.number(-daysLeft) }) : format.days(daysLeft));
}
