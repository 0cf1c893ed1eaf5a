import { agreement } from './agreement';
import type { Form } from './form';
import { organization } from './organization';
import { project } from './project';

export type { Form, ReadRecord, Saved } from './form';

/** The forms by the name of their kind in the address. */
export const forms = { agreement, project, organization } as const satisfies Record<string, Form>;

/** A kind of record that has a form. */
export type Kind = keyof typeof forms;

/** Whether there is a form of this name. */
export const isKind = (name: string): name is Kind => Object.hasOwn(forms, name);
