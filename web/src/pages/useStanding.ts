import { type RefObject, useEffect, useState } from 'react';

/**
 * What stands in the text fields of a form right now, by place, such as `body.ar`. A form keeps to itself what is written until it is saved; it is
 * read where it stands, however it came there: by typing, by an undo, or because somebody else saved meanwhile.
 */
export function useStanding(form: RefObject<HTMLElement | null>): Readonly<Record<string, string>> {
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>({});
  useEffect(() => {
    const root = form.current;
    if (!root) return;
    const read = (): void => {
      const fields = [...root.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('[data-field] :is(input, textarea)[lang]')];
      const now = Object.fromEntries(fields.map((field) => [`${field.closest<HTMLElement>('[data-field]')?.dataset['field']}.${field.lang}`, field.value]));
      setTexts((before) => (JSON.stringify(before) === JSON.stringify(now) ? before : now));
    };
    read();
    // Once it has drawn, React keeps the first value of a field, in its attribute or its text, equal to the one that stands there. The events of
    // typing come before that: who draws anew for them puts the old text back.
    const observer = new MutationObserver(read);
    observer.observe(root, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ['value'] });
    return () => observer.disconnect();
  }, [form]);
  return texts;
}
