import { type ReactNode, useLayoutEffect, useRef } from 'react';
import './command.css';

/** A pane over the page: the browser keeps the focus in it, and Esc closes it. */
export function Dialog(props: { label: string; onClose: () => void; children: ReactNode }): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null);
  // At once with its drawing, so that no key falls between.
  useLayoutEffect(() => dialog.current?.showModal(), []);
  return (
    // A press beside the pane meets the dialog itself.
    <dialog ref={dialog} className="command" aria-label={props.label} onClose={props.onClose} onClick={(event) => event.target === event.currentTarget && props.onClose()}>
      <div>{props.children}</div>
    </dialog>
  );
}
