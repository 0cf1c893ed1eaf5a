import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AgreementPartyState, ConsentMethod } from '../gql/graphql';
import { Badge, type BadgeState } from '../look/Badge';
import { type LocalizedTextFields, Texted } from '../look/Texted';
import { useNames } from '../look/useNames';
import { To } from '../shell/To';
import { useFormat } from '../shell/format';

/** A party to an agreement, with its own dates. */
export interface ConsentingParty {
  id: string;
  name?: LocalizedTextFields | null;
  organization?: { id: string; name?: LocalizedTextFields | null } | null;
  signedOn?: string | null;
  consentMethod?: ConsentMethod | null;
  consentOn?: string | null;
  inForceOn?: string | null;
  withdrawnOn?: string | null;
  state: AgreementPartyState;
  reservations?: LocalizedTextFields | null;
}

/** What an agreement needs for its entry into force. */
export interface Entry {
  inForceOn?: string | null;
  endedOn?: string | null;
  entryConsents?: number | null;
  entryDays?: number | null;
  consentsGiven: number;
}

const badges: Record<AgreementPartyState, BadgeState> = { NONE: 'draft', SIGNED: 'submitted', CONSENTED: 'done', IN_FORCE: 'published', WITHDRAWN: 'archived' };

/** Which party has signed, consented and is bound, since when, and who is still missing. */
export function Consents(props: { parties: readonly ConsentingParty[]; entry: Entry }): ReactNode {
  const { t } = useTranslation('agreement');
  const names = useNames();
  const format = useFormat();
  const { parties } = props;
  const day = (on: string | null | undefined): ReactNode => (on ? <time dateTime={on}>{format.date(on)}</time> : t('none'));
  // Who consents by signature needs no other date.
  const consent = (party: ConsentingParty): string | null | undefined => party.consentOn ?? (party.consentMethod === 'SIGNATURE' ? party.signedOn : null);
  return (
    <>
      <EntryStands entry={props.entry} missing={parties.filter((party) => party.state === 'NONE' || party.state === 'SIGNED')} />
      <table className="record-table agreement-stack">
        <thead>
          <tr>
            <th scope="col">{t('consent.party')}</th>
            <th scope="col">{t('consent.signed')}</th>
            <th scope="col">{t('consent.consent')}</th>
            <th scope="col">{t('consent.inForce')}</th>
            <th scope="col">{t('consent.state')}</th>
          </tr>
        </thead>
        <tbody>
          {parties.map((party) => (
            <tr key={party.id}>
              <th scope="row">
                <PartyName party={party} />
                {party.reservations && (
                  <span className="record-note">
                    {t('consent.reservations')} <Texted text={party.reservations} />
                  </span>
                )}
              </th>
              <td data-label={t('consent.signed')}>{day(party.signedOn)}</td>
              <td data-label={t('consent.consent')}>
                {day(consent(party))}
                {party.consentMethod && <span className="record-note">{names('ConsentMethod', party.consentMethod)}</span>}
              </td>
              <td data-label={t('consent.inForce')}>{day(party.inForceOn)}</td>
              <td data-label={t('consent.state')}>
                <Badge state={badges[party.state]}>{names('AgreementPartyState', party.state)}</Badge>
                {party.withdrawnOn && <span className="record-note">{format.date(party.withdrawnOn)}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function PartyName({ party }: { party: ConsentingParty }): ReactNode {
  const name = party.organization?.name ?? party.name;
  return party.organization ? (
    <To to={`/organizations/${party.organization.id}`}>
      <Texted text={name} />
    </To>
  ) : (
    <Texted text={name} />
  );
}

/** Whether it is in force, or what is missing for that. */
function EntryStands(props: { entry: Entry; missing: readonly ConsentingParty[] }): ReactNode {
  const { t } = useTranslation('agreement');
  const format = useFormat();
  const { entry, missing } = props;
  const inForce = Boolean(entry.inForceOn && entry.inForceOn <= new Date().toISOString().slice(0, 10));
  const wanted = entry.entryConsents ?? null;
  const given = format.number(entry.consentsGiven);
  const rule = wanted === null ? null : [t('consent.wanted', { count: wanted, shown: format.number(wanted) }), entry.entryDays ? t('consent.days', { count: entry.entryDays, shown: format.number(entry.entryDays) }) : null].filter(Boolean).join(t('comma'));
  const stands = ((): string => {
    if (entry.endedOn) return t('consent.ended', { date: format.date(entry.endedOn) });
    if (entry.inForceOn) return t(inForce ? 'consent.since' : 'consent.from', { date: format.date(entry.inForceOn) });
    if (wanted === null) return t('consent.notKnown');
    const needed = wanted - entry.consentsGiven;
    return needed > 0 ? t('consent.needed', { count: needed, shown: format.number(needed) }) : t('consent.enough');
  })();
  return (
    <>
      <p className="agreement-entry">
        <strong>{stands}</strong> {rule && `${t('consent.rule')} ${rule}${t('stop')} `}
        {t('consent.given', { count: entry.consentsGiven, shown: given })}
      </p>
      {missing.length > 0 && !entry.endedOn && (
        <p className="agreement-entry">
          {t(inForce ? 'consent.unbound' : 'consent.missing')}{' '}
          {missing.map((party, index) => (
            <span key={party.id}>
              {index > 0 && t('comma')}
              <Texted text={party.organization?.name ?? party.name} />
            </span>
          ))}
          {t('stop')}
        </p>
      )}
    </>
  );
}
