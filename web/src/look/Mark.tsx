import type { ReactNode } from 'react';

/** The mark of the product: the eight-point star of Syrian strapwork. */
export function Mark(): ReactNode {
  return (
    <svg className="mark" viewBox="0 0 48 48" fill="none" strokeLinejoin="round" strokeWidth="2.6" aria-hidden="true">
      <rect className="mark-star" x="10" y="10" width="28" height="28" />
      <path className="mark-star" d="M24 4.200 43.800 24 24 43.800 4.200 24z" />
      <circle className="mark-heart" cx="24" cy="24" r="6.500" strokeWidth="2.400" />
    </svg>
  );
}
