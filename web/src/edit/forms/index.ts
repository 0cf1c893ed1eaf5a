import type { RecordType } from '../kinds';
import { administrativeUnit } from './administrativeUnit';
import { agreement } from './agreement';
import { evaluation } from './evaluation';
import type { Form } from './form';
import { organization } from './organization';
import { page } from './page';
import { project } from './project';

export type { Form, ReadRecord, Saved } from './form';

/** The forms of the records that are published. */
export const forms = { Agreement: agreement, Project: project, Organization: organization, Evaluation: evaluation, AdministrativeUnit: administrativeUnit, Page: page } as const satisfies Record<RecordType, Form>;
