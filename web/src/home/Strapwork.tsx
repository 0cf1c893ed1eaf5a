import type { ReactNode } from 'react';

/** The eight-point strapwork behind the first page's head: the one ornament of the site. */
export function Strapwork(): ReactNode {
  return (
    <svg className="home-strapwork" aria-hidden>
      <defs>
        <pattern id="home-strapwork" width="92" height="92" patternUnits="userSpaceOnUse">
          <g fill="none" strokeWidth="1.2">
            <rect x="23" y="23" width="46" height="46" />
            <path d="M46 13.5 78.5 46 46 78.5 13.5 46z" />
            <path d="M46 13.5V0M46 78.5V92M13.5 46H0M78.5 46H92M23 23 0 0M69 23 92 0M23 69 0 92M69 69 92 92" />
          </g>
        </pattern>
      </defs>
      <rect width="100%" height="100%" fill="url(#home-strapwork)" />
    </svg>
  );
}
