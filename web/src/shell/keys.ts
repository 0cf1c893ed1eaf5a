const PLACE = 'taawun:keys';

/** Whether keys without Ctrl or Alt do something; a reader may switch them off, since some speak to their computers. */
export const hasSingleKeys = (): boolean => localStorage.getItem(PLACE) !== 'off';

/** Keeps the choice in the browser. */
export function storeSingleKeys(on: boolean): void {
  if (on) localStorage.removeItem(PLACE);
  else localStorage.setItem(PLACE, 'off');
}

/** Whether keys are text where they are pressed. */
export const isTyping = (target: EventTarget | null): boolean => target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'));
