import type { ReactNode } from 'react';
import { Link, useSearchParams } from 'react-router';
import { type Behind, withBehind } from './behind';

/** A figure that opens its list on this page. */
export function Opens(props: { behind: Behind; children: ReactNode }): ReactNode {
  const [params] = useSearchParams();
  return (
    <Link to={{ search: withBehind(params, props.behind) }} preventScrollReset>
      {props.children}
    </Link>
  );
}
