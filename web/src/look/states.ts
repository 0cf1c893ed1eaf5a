import type { AgreementStatus, PendingChangeState, ProjectStatus, RecordState } from '../gql/graphql';
import type { BadgeState } from './Badge';

const agreements: Partial<Record<AgreementStatus, BadgeState>> = { IN_FORCE: 'published', SUSPENDED: 'returned', EXPIRED: 'archived', TERMINATED: 'archived', SUPERSEDED: 'archived' };

/** The shape of where an agreement stands in its life. */
export const agreementState = (status: AgreementStatus): BadgeState => agreements[status] ?? 'submitted';

const projects: Partial<Record<ProjectStatus, BadgeState>> = { IMPLEMENTATION: 'published', PIPELINE: 'draft', FINALISATION: 'submitted', CLOSED: 'done', CANCELLED: 'archived', SUSPENDED: 'returned' };

/** The shape of where a project stands in its life. */
export const projectState = (status: ProjectStatus): BadgeState => projects[status] ?? 'neutral';

/** The shape of a place on the way to publication. */
export const badges: Record<RecordState | PendingChangeState, BadgeState> = { DRAFT: 'draft', SUBMITTED: 'submitted', RETURNED: 'returned', PUBLISHED: 'published', ARCHIVED: 'archived', DROPPED: 'archived' };

/** Whether an agreement binds nobody any more. */
export const agreementIsOver = (status: AgreementStatus): boolean => agreements[status] === 'archived';

/** Whether nothing is done in a project: not yet, or no more. */
export const projectIsIdle = (status: ProjectStatus): boolean => status === 'PIPELINE' || status === 'CLOSED' || status === 'CANCELLED';
