const PLACE = 'taawun:single-keys';

/** Whether single keys, such as N and /, do something; whoever dictates or whose hands tremble switches them off. */
export const singleKeysAreOn = (): boolean => localStorage.getItem(PLACE) !== 'off';

/** Remembers in this browser whether single keys do something. */
export const switchSingleKeys = (on: boolean): void => (on ? localStorage.removeItem(PLACE) : localStorage.setItem(PLACE, 'off'));

/** Whether a key that is pressed here is being written. */
export const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.closest('input, textarea, select, [role=combobox]') !== null);
