import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AgendaKind, AgreementEventKind, ObligationState } from '../gql/graphql';
import { type LocalizedTextFields, Texted } from '../look/Texted';
import { useNames } from '../look/useNames';
import { useFormat } from '../shell/format';
import { type LifePoint, lifeOf, turnsOf } from './life';

/** What is known of the life of an agreement. */
export interface Life {
  signedOn?: string | null;
  inForceOn?: string | null;
  endedOn?: string | null;
  events: readonly { id: string; kind: AgreementEventKind; occurredOn: string; reference?: string | null; note?: LocalizedTextFields | null }[];
  deadlines: readonly { kind: AgendaKind; dueOn: string; state: ObligationState }[];
}

const today = (): string => new Date().toISOString().slice(0, 10);

/** The dated events of an agreement along a line, with today and what is still to come. */
export function LifeLine(props: { life: Life }): ReactNode {
  const { t } = useTranslation('agreement');
  const format = useFormat();
  const points = turnsOf(lifeOf(props.life, today()));
  return (
    <section className="agreement-life" aria-label={t('life.title')}>
      <ol className="agreement-line agreement-line-abreast">
        {points.map((point) => (
          <li key={point.key} className={`agreement-${point.standing}`} aria-current={point.standing === 'today' ? 'date' : undefined}>
            <Called point={point} />
            <time dateTime={point.on}>{format.date(point.on)}</time>
            {point.event?.note && (
              <span>
                <Texted text={point.event.note} />
              </span>
            )}
            {point.event?.reference && <bdi dir="ltr">{point.event.reference}</bdi>}
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Everything that has happened, the last first, where the line had no room for all of it. */
export function Happened(props: { life: Life }): ReactNode {
  const { t } = useTranslation('agreement');
  const format = useFormat();
  const points = lifeOf(props.life, today());
  const past = points.filter(({ standing }) => standing === 'past' || standing === 'trouble').reverse();
  if (turnsOf(points).length === points.length) return null;
  return (
    <section className="record-section">
      <h2>{t('life.happened')}</h2>
      <ol className="agreement-happened">
        {past.map((point) => (
          <li key={point.key} className={`agreement-${point.standing}`}>
            <time dateTime={point.on}>{format.date(point.on)}</time>
            <span>
              <Called point={point} />
              {point.event?.note && (
                <span className="record-note">
                  <Texted text={point.event.note} />
                </span>
              )}
              {point.event?.reference && (
                <span className="record-note">
                  <bdi dir="ltr">{point.event.reference}</bdi>
                </span>
              )}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Called({ point }: { point: LifePoint }): ReactNode {
  const { t } = useTranslation('agreement');
  const names = useNames();
  if (point.standing === 'today') return <strong>{t('life.today')}</strong>;
  return (
    <strong>
      {point.deadline ? t(`life.${point.deadline}`) : names('AgreementEventKind', point.kind ?? '')}
      {point.standing === 'trouble' && <em>{t('life.late')}</em>}
    </strong>
  );
}
