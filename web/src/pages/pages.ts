import { graphql } from '../gql';
import type { PagesListQuery } from '../gql/graphql';
import type { Piece } from '../desk/work';

/** The pages of the directorate, with where each text of them stands in each language. */
export const Pages = graphql(`
  query PagesList($where: PageWhere, $after: Cursor) {
    pages(where: $where, first: 50, after: $after) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes {
        id slug version state stateComment originalLocale updatedAt
        title { text locale direction }
        translations(first: 30) { nodes { field locale status isStale proposal { text } } }
        pendingChanges(where: { state: { in: [DRAFT, SUBMITTED, RETURNED] } }, first: 1) {
          nodes { id state comment authorName updatedAt fields { recordId kind action field before after } }
        }
      }
    }
  }
`);

/** One page as the list gives it. */
export type Page = PagesListQuery['pages']['nodes'][number];

/** The pages to which the foot of the portal leads by their names. They keep these names, and stay. */
export const builtIn: readonly string[] = ['home', 'tasks', 'about', 'counting', 'accessibility', 'privacy'];

/** The texts of a page, in their order on it. */
export const fields = ['title', 'lead', 'body'] as const;
export type PageField = (typeof fields)[number];

/** Where one text of a page stands in one language: what readers have, and what is still to be done until they have it. */
export type TextStanding = 'original' | 'read' | 'stale' | 'waits' | 'missing' | 'none';

/** Where each text stands in a language. A text that the page does not have in its own language is missing nowhere. */
export function standingOf(page: Page, field: PageField, locale: string): TextStanding {
  const texts = page.translations.nodes.filter((text) => text.field === field);
  const text = texts.find((one) => one.locale === locale);
  if (!text) return texts.length > 0 || field === 'title' ? 'missing' : 'none';
  if (text.status === 'ORIGINAL') return 'original';
  if (text.proposal || (text.status !== 'REVIEWED' && text.status !== 'CERTIFIED')) return 'waits';
  return text.isStale ? 'stale' : 'read';
}

/** What is on its way to publication: the page itself while it is not published, or else the change that waits; null if there is nothing. */
export function pieceOf(page: Page): Pick<Piece, 'key' | 'id' | 'version' | 'kind' | 'code' | 'title' | 'state' | 'fields' | 'comment'> | null {
  const about = { id: page.id, version: page.version, kind: 'Page', code: page.slug, title: page.title } as const;
  if (page.state === 'ARCHIVED') return null;
  if (page.state !== 'PUBLISHED') return { ...about, key: page.id, state: page.state, fields: null, comment: page.stateComment };
  const [change] = page.pendingChanges.nodes;
  return change ? { ...about, key: change.id, state: change.state, fields: change.fields, comment: change.comment } : null;
}
