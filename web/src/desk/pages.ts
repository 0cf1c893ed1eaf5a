import type { ComponentType } from 'react';

/** The pages of the desk by their paths below it, each with the code that is fetched when it is first opened. */
const pages = {
  '': async () => (await import('./DayPage')).default,
  review: async () => (await import('./WorkPage')).ReviewPage,
  drafts: async () => (await import('./WorkPage')).DraftsPage,
  calendar: async () => (await import('../calendar/CalendarPage')).default,
  terms: async () => (await import('../calendar/TermsPage')).default,
  duplicates: async () => (await import('../duplicates/DuplicatesPage')).default,
  evaluations: async () => (await import('../evaluations/EvaluationsPage')).default,
  quality: async () => (await import('../quality/QualityPage')).default,
  history: async () => (await import('../history/HistoryPage')).default,
  translations: async () => (await import('../translate/TranslationsPage')).default,
  coverage: async () => (await import('../translate/CoveragePage')).default,
  users: async () => (await import('../users/UsersPage')).default,
  glossary: async () => (await import('../glossary/GlossaryPage')).default,
  requests: async () => (await import('../requests/RequestsPage')).default,
  codelists: async () => (await import('../codelists/CodeListsPage')).default,
  imports: async () => (await import('../imports/ImportsPage')).default,
  archive: async () => (await import('../archive/ArchivePage')).default,
  pages: async () => (await import('../pages/PagesPage')).default,
  'pages/:id': async () => (await import('../pages/PageEditor')).default,
  ministry: async () => (await import('../ministry/MinistryPage')).default,
  languages: async () => (await import('../languages/LanguagesPage')).default,
  me: async () => (await import('../me/MePage')).default,
  'edit/:kind/:id': async () => (await import('../edit/EditGate')).default,
} as const satisfies Record<string, () => Promise<ComponentType>>;

/** The path of a page of the desk. */
export type DeskPath = keyof typeof pages;

/** Fetches a page of the desk. */
export const deskPage = (path: DeskPath): Promise<ComponentType> => pages[path]();
