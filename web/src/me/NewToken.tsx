import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Role } from '../gql/graphql';
import { Refusals } from '../look/Refusals';
import { useNames } from '../look/useNames';
import { useFormat } from '../shell/format';
import { Secret } from '../users/Secret';
import { useAct } from './useAct';

interface Wanted {
  name: string;
  roles: Role[];
  readOnly: boolean;
  days: number;
}

/** Makes a key for a program, with some of one's own roles and for some time. It is shown this once. */
export function NewToken(props: { roles: readonly Role[] }): ReactNode {
  const { t } = useTranslation('me');
  const names = useNames();
  const format = useFormat();
  const [wanted, setWanted] = useState<Wanted>({ name: '', roles: [...props.roles], readOnly: true, days: 90 });
  const make = useAct<Wanted, { id: string; secret: string; expiresAt: string }>('/auth/tokens', () => setWanted((now) => ({ ...now, name: '' })));
  const set = (next: Partial<Wanted>): void => setWanted((now) => ({ ...now, ...next }));
  const send = (event: FormEvent): void => {
    event.preventDefault();
    make.send(wanted);
  };
  return (
    <>
      <form className="me-form" onSubmit={send}>
        <label>
          {t('tokenName')}
          <input dir="auto" value={wanted.name} maxLength={200} required onChange={(event) => set({ name: event.target.value })} />
        </label>
        <fieldset>
          <legend>{t('tokenRoles')}</legend>
          {props.roles.map((role) => (
            <label key={role} className="me-check">
              <input
                type="checkbox"
                checked={wanted.roles.includes(role)}
                onChange={(event) => set({ roles: event.target.checked ? [...wanted.roles, role] : wanted.roles.filter((each) => each !== role) })}
              />
              {names('Role', role)}
            </label>
          ))}
        </fieldset>
        <label className="me-check">
          <input type="checkbox" checked={wanted.readOnly} onChange={(event) => set({ readOnly: event.target.checked })} />
          {t('readOnly')}
        </label>
        <label>
          {t('days')}
          <input type="number" min={1} max={366} step={1} required value={wanted.days} onChange={(event) => set({ days: Number(event.target.value) })} />
        </label>
        <Refusals lines={make.wrong} />
        <div className="desk-acts">
          <button type="submit" className="look-button look-button-main" disabled={make.isPending}>
            {t('make')}
          </button>
        </div>
      </form>
      {make.answer && <Secret label={t('tokenOnce')} secret={make.answer.secret} note={t('tokenUntil', { date: format.date(make.answer.expiresAt) })} />}
    </>
  );
}
