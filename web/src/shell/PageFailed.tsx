import type { ReactNode } from 'react';
import { useRouteError } from 'react-router';
import { ErrorNote } from '../look/ErrorNote';

/** In the place of a page whose code did not come, or which failed while it was drawn; what was written in forms is kept in this browser. */
export function PageFailed(): ReactNode {
  return (
    <div className="shell-plain">
      <ErrorNote error={useRouteError()} onRetry={() => location.reload()} />
    </div>
  );
}
