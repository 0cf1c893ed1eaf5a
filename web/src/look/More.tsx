import type { ReactNode } from 'react';

/** Leads on to the next page of a list; not there on the last. */
export function More(props: { page: { hasNextPage: boolean; endCursor?: string | null }; onMore: (after: string | null) => void; children: ReactNode }): ReactNode {
  const { page, onMore } = props;
  if (!page.hasNextPage) return null;
  return (
    <button type="button" className="look-button" onClick={() => onMore(page.endCursor ?? null)}>
      {props.children}
    </button>
  );
}
