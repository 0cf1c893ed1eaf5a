import { Plus } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { pairsIn } from './fields';

/** By what measurements are mostly broken down, and into what; anything else can be written. */
const usual = { sex: ['female', 'male'], age: ['children', 'adults', 'elderly'], disability: ['yes', 'no'], residence: ['host community', 'displaced', 'returned'] } as const;

/** Names with a value each, such as sex: female; one whose name is emptied is gone. */
export function Pairs(props: { value: string; name: string; onWrite: (text: string) => void }): ReactNode {
  const { t } = useTranslation('edit');
  const id = useId();
  const pairs = pairsIn(props.value);
  const write = (next: readonly [string, string][]): void => props.onWrite(next.length > 0 ? JSON.stringify(Object.fromEntries(next)) : '');
  const at = (index: number, pair: [string, string]): [string, string][] => pairs.map((each, other) => (other === index ? pair : each));
  const said = Object.entries(usual);
  return (
    <div className="edit-pairs" role="group" aria-label={props.name}>
      {pairs.map(([name, value], index) => (
        // The names change as they are written; what stays is the place.
        <div key={index} onBlur={(event) => !name && !value && !event.currentTarget.contains(event.relatedTarget) && write(pairs.filter((_, other) => other !== index))}>
          <input aria-label={t('pair.name')} placeholder={t('pair.name')} dir="auto" list={`${id}names`} value={name} onChange={(event) => write(at(index, [event.target.value, value]))} />
          <input aria-label={t('pair.value')} placeholder={t('pair.value')} dir="auto" list={`${id}${name}`} value={value} onChange={(event) => write(at(index, [name, event.target.value]))} />
        </div>
      ))}
      <datalist id={`${id}names`}>
        {said.map(([name]) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      {said.map(([name, values]) => (
        <datalist key={name} id={`${id}${name}`}>
          {values.map((value) => (
            <option key={value} value={value} />
          ))}
        </datalist>
      ))}
      <button type="button" className="look-button" disabled={pairs.some(([name]) => !name)} onClick={() => write([...pairs, ['', '']])}>
        <Plus aria-hidden className="icon" /> {t('pair.add')}
      </button>
    </div>
  );
}
