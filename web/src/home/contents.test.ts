import { expect, it } from 'vitest';
import { tasksIn } from './contents';

it('reads tasks from the list of a page, and takes as text what is written otherwise', () => {
  expect(
    tasksIn(`Before the list.

- **Building partnerships**: We study
  opportunities. [Partner organizations](/organizations?engaged=now)
- **متابعة**: نقيس ما تحقق.
* Without a title, with **weight**`),
  ).toEqual([
    { title: 'Building partnerships', text: 'We study opportunities.', link: 'Partner organizations', to: '/organizations?engaged=now' },
    { title: 'متابعة', text: 'نقيس ما تحقق.' },
    { title: '', text: 'Without a title, with weight' },
  ]);
  expect(tasksIn('No list at all.')).toEqual([]);
});
