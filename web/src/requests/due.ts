import type { BadgeState } from '../look/Badge';
import type { Request } from './steps';

const SOON_DAYS = 7;
const DAY_MS = 86_400_000;

/** When a request is due and how that stands today; null without a date. What is certified, delivered or cancelled is late no more. */
export function due(request: Pick<Request, 'dueOn' | 'status'>, today = new Date().toISOString().slice(0, 10)): { on: string; daysLeft: number; isOver: boolean; state: BadgeState } | null {
  if (!request.dueOn) return null;
  const daysLeft = Math.round((Date.parse(request.dueOn) - Date.parse(today)) / DAY_MS);
  const isOver = request.status === 'CERTIFIED' || request.status === 'DELIVERED' || request.status === 'CANCELLED';
  return { on: request.dueOn, daysLeft, isOver, state: isOver ? 'done' : daysLeft < 0 ? 'late' : daysLeft <= SOON_DAYS ? 'soon' : 'later' };
}
