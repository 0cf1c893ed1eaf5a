import type { RecordType } from '../kinds';
import { agreement } from './agreement';
import { evaluation } from './evaluation';
import type { Form } from './form';
import { organization } from './organization';
import { project } from './project';

export type { Form, ReadRecord, Saved } from './form';

/** The forms of the records that are published. */
export const forms = { Agreement: agreement, Project: project, Organization: organization, Evaluation: evaluation } as const satisfies Record<RecordType, Form>;
