import type { Role } from '../gql/graphql';
import type { Who } from './session';

/** Whether somebody has a part for the whole ministry, not for one of its units alone. */
const hasWhole = (who: Who, roles: readonly Role[]): boolean => who.grants.some((grant) => !grant.ministryUnit && roles.includes(grant.role));

/** Whether somebody writes what speaks for the whole ministry and belongs to none of its units: the pages of the portal, the administrative units. */
export const writesForMinistry = (who: Who | undefined): boolean => who !== undefined && (who.roles.includes('ADMINISTRATOR') || hasWhole(who, ['EDITOR', 'APPROVER']));

/** Whether somebody decides about it. */
export const decidesForMinistry = (who: Who | undefined): boolean => who !== undefined && (who.roles.includes('ADMINISTRATOR') || hasWhole(who, ['APPROVER']));

/** Whether somebody decides about records of a unit of the ministry, of which the ids are given with those of the units above it; any approver decides about what no unit keeps. */
export const decidesForUnits = (who: Who | undefined, units: readonly string[]): boolean =>
  who?.grants.some(({ role, ministryUnit }) => role === 'APPROVER' && (units.length === 0 || !ministryUnit || units.includes(ministryUnit))) ?? false;
