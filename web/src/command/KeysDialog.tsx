import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { hasSingleKeys, storeSingleKeys } from '../shell/keys';
import { Dialog } from './Dialog';

/** The keys and what they do. Those that are held with Ctrl or Alt work in fields too; the others can be switched off. */
const keys = [
  { keys: ['Ctrl K'], name: 'commands' },
  { keys: ['?'], name: 'help', single: true },
  { keys: ['/'], name: 'search', single: true },
  { keys: ['J', 'K'], name: 'rows', single: true },
  { keys: ['C'], name: 'begin', single: true },
  { keys: ['N'], name: 'add', single: true },
  { keys: ['E'], name: 'edit', single: true },
  { keys: ['S', 'A'], name: 'publish', single: true },
  { keys: ['R'], name: 'return', single: true },
  { keys: ['Z'], name: 'takeBack', single: true },
  { keys: ['Ctrl S'], name: 'save' },
  { keys: ['Ctrl Z'], name: 'undo' },
  { keys: ['Ctrl ↵'], name: 'next' },
  { keys: ['Alt ↵'], name: 'confirm' },
  { keys: ['Alt ↓', 'Alt ↑'], name: 'walk' },
  { keys: ['Esc'], name: 'close' },
] as const;

/** The list of keys. */
export default function KeysDialog(props: { onClose: () => void }): ReactNode {
  const { t } = useTranslation('command');
  const [single, setSingle] = useState(hasSingleKeys);
  const turn = (on: boolean): void => {
    storeSingleKeys(on);
    setSingle(on);
  };
  return (
    <Dialog label={t('keys.title')} onClose={props.onClose}>
      <h2>{t('keys.title')}</h2>
      <dl className="command-keys">
        {keys.map((each) => (
          <div key={each.name} className={'single' in each && !single ? 'command-off' : undefined}>
            <dt>
              {each.keys.map((key) => (
                <kbd key={key} dir="ltr">
                  {key}
                </kbd>
              ))}
            </dt>
            <dd>{t(`keys.${each.name}`)}</dd>
          </div>
        ))}
      </dl>
      <label className="command-switch">
        <input type="checkbox" checked={single} onChange={(event) => turn(event.target.checked)} /> {t('keys.single')}
      </label>
      <button type="button" className="look-button" onClick={props.onClose}>
        {t('keys.done')}
      </button>
    </Dialog>
  );
}
