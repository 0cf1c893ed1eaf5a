import { graphql } from '../gql';
import type { HomeContentsQuery } from '../gql/graphql';
import { useGraph } from '../graph/useGraph';

// What the directorate writes of itself on the first page: two pages of the portal, kept at the desk as all others.
const Contents = graphql(`
  query HomeContents {
    home: page(by: { slug: "home" }) { title { text locale direction } lead { text locale direction } }
    tasks: page(by: { slug: "tasks" }) { title { text locale direction } body { text locale direction } }
  }
`);

/** The texts of the first page that the directorate writes; undefined until they are there, and null where a page is not published. */
export const useContents = (): HomeContentsQuery | undefined => useGraph(Contents, {}).data;

/** One task of the directorate: what it is called, what is done, and where it can be seen. */
export interface Task {
  title: string;
  text: string;
  to?: string;
  link?: string;
}

/** The tasks in the list of a page: `- **Title**: text. [Link](/organizations)`. What is written otherwise is text. */
export function tasksIn(body: string): Task[] {
  return body
    .split(/\n(?=[-*] )/)
    .filter((item) => /^[-*] /.test(item))
    .map((item) => {
      const [, title = '', rest = ''] = /^[-*] (?:\*\*(.+?)\*\*[:：]?)?\s*([\s\S]*)$/.exec(item.trim()) ?? [];
      const [whole = '', link, to] = /\[([^\]]+)\]\((\/[^)\s]*)\)/.exec(rest) ?? [];
      return { title, text: rest.replace(whole, '').replace(/\*\*/g, '').replace(/\s+/g, ' ').trim(), ...(link && to && { link, to }) };
    });
}
