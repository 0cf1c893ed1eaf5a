import { useEffect } from 'react';
import { useSearchParams } from 'react-router';

/** Leads to the field of a form that the address asks for, such as the one that a finding is about. */
export function useAskedField(): void {
  const [params] = useSearchParams();
  const asked = params.get('field');
  useEffect(() => {
    const place = asked === null ? null : document.querySelector(`.edit-fields > [data-field="${CSS.escape(asked)}"]`);
    place?.scrollIntoView({ block: 'center' });
    place?.querySelector<HTMLElement>('input, select, textarea, button')?.focus({ preventScroll: true });
  }, [asked]);
}
