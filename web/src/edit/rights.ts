import { type Who, entersRecords } from '../sign/session';
import { writesForMinistry } from '../sign/ministry';
import { type RecordType, enteredTypes, recordTypes } from './kinds';

/** Whether records of a type are entered for units of the ministry; the others speak for the whole of it. */
export const isOfUnits = (kind: RecordType): boolean => enteredTypes.some((type) => type === kind);

/** Whether somebody writes records of a type. */
export const writes = (kind: RecordType, who: Who | undefined): boolean => (isOfUnits(kind) ? entersRecords(who) : writesForMinistry(who));

/** The types of which somebody may begin a record. */
export const begun = (who: Who | undefined): RecordType[] => recordTypes.filter((type) => writes(type, who));
