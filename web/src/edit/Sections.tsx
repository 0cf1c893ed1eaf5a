import { TriangleAlert } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../shell/format';
import { FieldView } from './Parts';
import { type Section, isOffered } from './fields';
import { THERE, rowsOf } from './places';
import type { Sheet } from './sheet';

const idOf = (section: Section): string => `edit-${section.name}`;

/** A long form in sections, with the way to each at its side: how many parts stand there, and whether something was refused. */
export function Sections(props: { sections: readonly Section[]; sheet: Sheet }): ReactNode {
  const { t } = useTranslation('edit');
  const { sections, sheet } = props;
  const [shown, setAsked] = useSectionShown(sections);
  return (
    <div className="edit-sections">
      <nav aria-label={t('sections')}>
        {sections.map((section) => (
          <a key={section.name} href={`#${idOf(section)}`} aria-current={section.name === shown || undefined} onClick={() => setAsked(section.name)}>
            {t(`section.${section.name}`)} <Said section={section} sheet={sheet} />
          </a>
        ))}
      </nav>
      <div className="edit-all">
        {sections.map((section) => {
          // A list that is a section of its own has its own heading.
          const isOne = section.fields.length === 1;
          return (
            <div key={section.name} id={idOf(section)} className="edit-section">
              {!isOne && <h2>{t(`section.${section.name}`)}</h2>}
              <div className="edit-fields">
                {section.fields.filter((field) => isOffered(field, sheet.values)).map((field) => (
                  <FieldView key={field.name} field={field} sheet={sheet} level={isOne ? 2 : 3} />
                ))}
              </div>
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** What is said of a section beside its name. */
function Said(props: { section: Section; sheet: Sheet }): ReactNode {
  const { t } = useTranslation('edit');
  const format = useFormat();
  const { values, wrong, theirs } = props.sheet;
  const named = props.section.fields.map(({ name }) => name);
  const isAbout = (place: string): boolean => named.some((name) => place === name || place.startsWith(`${name}.`) || place.startsWith(`${name}/`));
  if ([...Object.keys(wrong), ...Object.keys(theirs)].some(isAbout))
    return (
      <strong className="edit-section-wrong">
        <TriangleAlert aria-label={t('section to mend')} size={14} />
      </strong>
    );
  const parts = named.reduce((sum, name) => sum + rowsOf(values, name).filter((row) => values[`${name}/${row}`] === THERE).length, 0);
  return parts > 0 && <span>{format.number(parts)}</span>;
}

/**
 * The name of the section that is being read: the one that was asked for, until somebody goes on from there, or else the last one whose head has
 * passed the upper third of the window. What stands at the end cannot be brought so far up.
 */
function useSectionShown(sections: readonly Section[]): [string | undefined, (name: string) => void] {
  const [passed, setPassed] = useState(sections[0]?.name);
  const [asked, setAsked] = useState<string>();
  useEffect(() => {
    const look = (): void => setPassed((sections.findLast((section) => (document.getElementById(idOf(section))?.getBoundingClientRect().top ?? Infinity) < innerHeight / 3) ?? sections[0])?.name);
    const goOn = (): void => setAsked(undefined);
    const moves = ['wheel', 'touchmove', 'keydown'] as const;
    addEventListener('scroll', look, { passive: true });
    for (const move of moves) addEventListener(move, goOn, { passive: true });
    return () => {
      removeEventListener('scroll', look);
      for (const move of moves) removeEventListener(move, goOn);
    };
  }, [sections]);
  return [asked ?? passed, setAsked];
}
