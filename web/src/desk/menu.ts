import { Archive, BookA, Building2, CalendarDays, ClipboardCheck, Combine, DatabaseBackup, FileInput, Grid2x2Check, Handshake, History, Inbox, Landmark, Languages, Layers, ListChecks, ListTree, type LucideIcon, MapPin, MessagesSquare, NotebookText, PenLine, ScrollText, Send, Users } from 'lucide-react';
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

/** A part of the menu; the first, what is worked at each day, goes without a title. */
export interface MenuPart {
  name: 'work' | 'register' | 'translation' | 'quality' | 'administration';
  entries: readonly MenuEntry[];
}

/** Those who keep the register or look into it. */
const keepers: readonly Role[] = ['ADMINISTRATOR', 'EDITOR', 'APPROVER', 'ANALYST'];

/** Those who write the register and publish it. */
const writers: readonly Role[] = ['ADMINISTRATOR', 'EDITOR', 'APPROVER'];

/** The pages of the desk, and the lists of the register, which are the portal's. */
export const menu: readonly MenuPart[] = [
  {
    name: 'work',
    entries: [
      { name: 'day', to: '/desk', Icon: Inbox },
      { name: 'review', to: '/desk/review', Icon: Send },
      { name: 'drafts', to: '/desk/drafts', Icon: PenLine },
      { name: 'calendar', to: '/desk/calendar', Icon: CalendarDays, roles: staff },
      { name: 'terms', to: '/desk/terms', Icon: ScrollText, roles: staff },
      { name: 'evaluations', to: '/desk/evaluations', Icon: ClipboardCheck, roles: staff },
    ],
  },
  {
    name: 'register',
    entries: [
      { name: 'agreements', to: '/agreements', Icon: Handshake },
      { name: 'projects', to: '/projects', Icon: Layers },
      { name: 'organizations', to: '/organizations', Icon: Landmark },
      { name: 'units', to: '/units', Icon: MapPin },
    ],
  },
  {
    name: 'translation',
    entries: [
      { name: 'translations', to: '/desk/translations', Icon: Languages, roles: staff },
      { name: 'requests', to: '/desk/requests', Icon: FileInput, roles: staff },
      { name: 'coverage', to: '/desk/coverage', Icon: Grid2x2Check, roles: staff },
      { name: 'glossary', to: '/desk/glossary', Icon: BookA, roles: staff },
    ],
  },
  {
    name: 'quality',
    entries: [
      { name: 'quality', to: '/desk/quality', Icon: ListChecks, roles: staff },
      { name: 'duplicates', to: '/desk/duplicates', Icon: Combine, roles: ['ADMINISTRATOR'] },
      { name: 'imports', to: '/desk/imports', Icon: DatabaseBackup, roles: keepers },
      { name: 'history', to: '/desk/history', Icon: History, roles: staff },
      { name: 'archive', to: '/desk/archive', Icon: Archive, roles: keepers },
    ],
  },
  {
    name: 'administration',
    entries: [
      { name: 'pages', to: '/desk/pages', Icon: NotebookText, roles: writers },
      { name: 'users', to: '/desk/users', Icon: Users, roles: ['ADMINISTRATOR'] },
      { name: 'ministry', to: '/desk/ministry', Icon: Building2, roles: keepers },
      { name: 'languages', to: '/desk/languages', Icon: MessagesSquare, roles: staff },
      { name: 'codelists', to: '/desk/codelists', Icon: ListTree, roles: keepers },
    ],
  },
];

/** Whether one of the roles opens the page of an entry. */
export const opensFor = (entry: MenuEntry, roles: readonly Role[]): boolean => !entry.roles || entry.roles.some((role) => roles.includes(role));

/** The entry of the page at an address, without its language; of what belongs to an entry too. */
export const entryAt = (path: string): MenuEntry | undefined => menu.flatMap((part) => part.entries).find(({ to }) => path === to || (to !== '/desk' && path.startsWith(`${to}/`)));
