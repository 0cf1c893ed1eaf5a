import { ChartNoAxesCombined, Handshake, Languages, Sprout, Truck } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { To } from '../shell/To';

const tasks = [
  { name: 'partnerships', Picture: Handshake, to: '/organizations' },
  { name: 'development', Picture: Sprout, to: '/funding?rows=SDG' },
  { name: 'translation', Picture: Languages, to: '/agreements' },
  { name: 'support', Picture: Truck, to: '/pages/about' },
  { name: 'evaluation', Picture: ChartNoAxesCombined, to: '/projects' },
] as const;

/** What the directorate does, each with the place where it can be seen. */
export function Tasks(): ReactNode {
  const { t } = useTranslation('home');
  return (
    <section className="home-tasks" aria-labelledby="home-tasks">
      <h2 id="home-tasks">{t('tasks.title')}</h2>
      <ul>
        {tasks.map(({ name, Picture, to }) => (
          <li key={name}>
            <Picture aria-hidden size={36} strokeWidth={1.4} />
            <h3>{t(`tasks.${name}.title`)}</h3>
            <p>{t(`tasks.${name}.text`)}</p>
            <To to={to}>{t(`tasks.${name}.link`)}</To>
          </li>
        ))}
      </ul>
    </section>
  );
}
