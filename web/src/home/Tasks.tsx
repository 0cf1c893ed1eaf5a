import { ChartNoAxesCombined, Handshake, Languages, Sprout, Truck } from 'lucide-react';
import type { CSSProperties, ReactNode } from 'react';
import type { HomeContentsQuery } from '../gql/graphql';
import { Texted } from '../look/Texted';
import { To } from '../shell/To';
import { tasksIn } from './contents';

/** Drawn to the tasks in their order; any further task does without. */
const pictures = [Handshake, Sprout, Languages, Truck, ChartNoAxesCombined];

/** What the directorate does, as it says itself, each with the place where it can be seen. */
export function Tasks(props: { page: HomeContentsQuery['tasks'] }): ReactNode {
  const { page } = props;
  const tasks = tasksIn(page?.body?.text ?? '');
  if (!page?.body || tasks.length === 0) return null;
  return (
    <section className="home-tasks" aria-labelledby="home-tasks">
      <h2 id="home-tasks">
        <Texted text={page.title} />
      </h2>
      <ul lang={page.body.locale} dir={page.body.direction === 'RTL' ? 'rtl' : 'ltr'} style={{ '--home-tasks': Math.min(tasks.length, 5) } as CSSProperties}>
        {tasks.map(({ title, text, link, to }, index) => {
          const Picture = pictures[index];
          return (
            <li key={title || text}>
              {Picture && <Picture aria-hidden size={36} strokeWidth={1.4} />}
              {title && <h3>{title}</h3>}
              <p>{text}</p>
              {to && <To to={to}>{link}</To>}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
