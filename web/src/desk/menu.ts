import { BookA, CalendarDays, ClipboardCheck, Combine, DatabaseBackup, FileInput, Handshake, History, Inbox, Landmark, Languages, Layers, ListChecks, ListTree, type LucideIcon, MapPin, PenLine, ScrollText, Send, Users } from 'lucide-react';
import type { Role } from '../gql/graphql';
import { staff } from '../sign/session';

/** One page of the desk in its menu. */
export interface MenuEntry {
  /** Its name in the texts of the menu. */
  name: string;
  to: string;
  Icon: LucideIcon;
  /** Who may use it: one of these roles; everybody who works at the desk if absent. */
  roles?: readonly Role[];
}

/** What is worked at. */
export const work: readonly MenuEntry[] = [
  { name: 'day', to: '/desk', Icon: Inbox },
  { name: 'calendar', to: '/desk/calendar', Icon: CalendarDays, roles: staff },
  { name: 'terms', to: '/desk/terms', Icon: ScrollText, roles: staff },
  { name: 'review', to: '/desk/review', Icon: Send },
  { name: 'drafts', to: '/desk/drafts', Icon: PenLine },
  { name: 'evaluations', to: '/desk/evaluations', Icon: ClipboardCheck, roles: staff },
  { name: 'quality', to: '/desk/quality', Icon: ListChecks, roles: staff },
  { name: 'history', to: '/desk/history', Icon: History, roles: staff },
  { name: 'duplicates', to: '/desk/duplicates', Icon: Combine, roles: ['ADMINISTRATOR'] },
  { name: 'translations', to: '/desk/translations', Icon: Languages },
];

/** What is kept beside the texts themselves. */
export const languages: readonly MenuEntry[] = [
  { name: 'requests', to: '/desk/requests', Icon: FileInput, roles: staff },
  { name: 'glossary', to: '/desk/glossary', Icon: BookA, roles: staff },
];

/** Those who keep the register or look into it. */
const keepers: readonly Role[] = ['ADMINISTRATOR', 'EDITOR', 'APPROVER', 'ANALYST'];

/** What keeps the system itself. */
export const administration: readonly MenuEntry[] = [
  { name: 'users', to: '/desk/users', Icon: Users, roles: ['ADMINISTRATOR'] },
  { name: 'codelists', to: '/desk/codelists', Icon: ListTree, roles: keepers },
  { name: 'imports', to: '/desk/imports', Icon: DatabaseBackup, roles: keepers },
];

/** The lists of the register, which are the portal's. */
export const register: readonly MenuEntry[] = [
  { name: 'agreements', to: '/agreements', Icon: Handshake },
  { name: 'projects', to: '/projects', Icon: Layers },
  { name: 'organizations', to: '/organizations', Icon: Landmark },
  { name: 'units', to: '/units', Icon: MapPin },
];

/** Whether one of the roles opens the page of an entry. */
export const opensFor = (entry: MenuEntry, roles: readonly Role[]): boolean => !entry.roles || entry.roles.some((role) => roles.includes(role));

/** The entry of the page at an address, without its language; of what belongs to an entry too. */
export const entryAt = (path: string): MenuEntry | undefined => [...work, ...languages, ...administration].find(({ to }) => path === to || (to !== '/desk' && path.startsWith(`${to}/`)));
