import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { graphql } from '../gql';
import type { DeskLiveSubscription } from '../gql/graphql';
import { parseJson } from '../graph/json';
import { tellReached } from './useConnection';

const Changes = graphql(`
  subscription DeskLive {
    changes { at subject { ... on Node { id } } revision { actorName actor { id } } }
  }
`);

/** Events come in bursts: what is shown is read again once, when so many milliseconds are quiet. */
const QUIET_MS = 400;

/** A stream that ends is opened again after a moment; only one that does not come back is a lost connection. */
const LOST_MS = 6000;

/** Who changed a record last, as far as was heard since the desk was opened. */
export interface Touch {
  at: string;
  name: string | null;
  /** The account, if the reader may see it: everybody sees their own, and administrators see all. */
  account: string | null;
}

const keyOf = (id: string): readonly string[] => ['touched', id];

/**
 * Follows the feed of changes and reads again what is shown, as soon as anybody changes a record that the reader may see. A window that nobody
 * looks at does not follow: browsers keep few connections to a server. When it is looked at again it reads everything anew.
 */
export function useLive(): void {
  const client = useQueryClient();
  useEffect(() => {
    let stream: EventSource | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let lost: ReturnType<typeof setTimeout> | undefined;
    const touched = new Set<string>();
    const renew = (): void => {
      // The form of a record that nobody touched stays as it is.
      void client.invalidateQueries({ predicate: ({ queryKey: [kind, , id] }) => kind !== 'touched' && kind !== 'who' && (kind !== 'edit' || touched.has(String(id))) });
      touched.clear();
    };
    const hear = (event: MessageEvent<string>): void => {
      const body = parseJson(event.data) as { data?: DeskLiveSubscription } | undefined;
      const change = body?.data?.changes;
      if (!change) return;
      if (change.subject) {
        touched.add(change.subject.id);
        client.setQueryData<Touch>(keyOf(change.subject.id), { at: change.at, name: change.revision?.actorName ?? null, account: change.revision?.actor?.id ?? null });
      }
      clearTimeout(timer);
      timer = setTimeout(renew, QUIET_MS);
    };
    const everything = (): void => void client.invalidateQueries({ predicate: ({ queryKey: [kind] }) => kind !== 'touched' && kind !== 'who' });
    const follow = (): void => {
      if (document.visibilityState === 'hidden') {
        stream?.close();
        stream = undefined;
      } else if (!stream) {
        stream = new EventSource(`/graphql?${new URLSearchParams({ query: Changes.toString() })}`);
        stream.addEventListener('next', hear as (event: Event) => void);
        // Cut off and back again: what happened meanwhile was not heard.
        let isCut = false;
        stream.addEventListener('error', () => {
          isCut = true;
          lost ??= setTimeout(() => tellReached(false), LOST_MS);
        });
        stream.addEventListener('open', () => {
          clearTimeout(lost);
          lost = undefined;
          tellReached(true);
          if (isCut) everything();
        });
      }
    };
    const look = (): void => {
      follow();
      if (document.visibilityState === 'visible') everything();
    };
    follow();
    document.addEventListener('visibilitychange', look);
    return () => {
      document.removeEventListener('visibilitychange', look);
      clearTimeout(timer);
      clearTimeout(lost);
      stream?.close();
    };
  }, [client]);
}

/** The last change of a record that was heard of; undefined if none was. */
export function useTouch(id: string | undefined): Touch | undefined {
  return useQuery<Touch>({ queryKey: keyOf(id ?? ''), enabled: false }).data;
}
