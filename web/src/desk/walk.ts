import type { KeyboardEvent } from 'react';

/** The arrows move the focus along the items of a list, whatever group an item stands in; gives the item reached. */
export function step(event: KeyboardEvent<HTMLElement>): HTMLElement | undefined {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!by) return undefined;
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('.desk-item')];
  const at = items.indexOf(document.activeElement as HTMLElement);
  const next = items[at + by];
  if (at < 0 || !next) return undefined;
  event.preventDefault();
  next.focus();
  return next;
}

/** The arrows walk through the items of a list and open each. */
export function walk(event: KeyboardEvent<HTMLElement>): void {
  step(event)?.click();
}
