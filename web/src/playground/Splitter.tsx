import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef } from 'react';

/** Pixels a key press moves a splitter. */
const STEP = 24;

/**
 * The bar between two panes, for pointer and keyboard. Movements are in reading direction: along it is positive, so the
 * same code serves right-to-left and left-to-right pages. `size` is the extent of what holds both panes.
 */
export function Splitter(props: {
  label: string;
  orientation: 'vertical' | 'horizontal';
  value: number;
  min: number;
  max: number;
  onMove: (x: number, y: number, size: number) => void;
  onSet: (value: number) => void;
}): ReactNode {
  const last = useRef<{ x: number; y: number } | null>(null);
  const vertical = props.orientation === 'vertical';
  const { min, max } = props;
  const value = Math.min(max, Math.max(min, Math.round(props.value)));

  const move = (element: HTMLElement, x: number, y: number): void => {
    const box = element.parentElement?.getBoundingClientRect();
    const along = getComputedStyle(element).direction === 'rtl' ? -x : x;
    props.onMove(along, y, (vertical ? box?.width : box?.height) ?? 1);
  };
  const onPointerDown = (event: PointerEvent<HTMLElement>): void => {
    event.currentTarget.setPointerCapture(event.pointerId);
    last.current = { x: event.clientX, y: event.clientY };
    // A drag may have run past a bound before: start from what is seen.
    props.onSet(value);
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>): void => {
    if (!last.current) return;
    move(event.currentTarget, event.clientX - last.current.x, event.clientY - last.current.y);
    last.current = { x: event.clientX, y: event.clientY };
  };
  const onPointerUp = (): void => {
    last.current = null;
    props.onSet(value);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const steps: Record<string, [number, number]> = vertical
      ? { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0] }
      : { ArrowUp: [0, -STEP], ArrowDown: [0, STEP] };
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    props.onSet(value);
    move(event.currentTarget, ...step);
  };

  return (
    <div
      className="splitter"
      role="separator"
      tabIndex={0}
      aria-label={props.label}
      aria-orientation={props.orientation}
      aria-valuenow={value}
      aria-valuemin={min}
      aria-valuemax={max}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={onPointerUp}
      onKeyDown={onKeyDown}
    />
  );
}
