import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AgendaKind, AgreementEventKind, ObligationState } from '../gql/graphql';
import { type LocalizedTextFields, Texted } from '../look/Texted';
import { useNames } from '../look/useNames';
import { useFormat } from '../shell/format';
import { type LifePoint, lifeOf } from './life';

/** What is known of the life of an agreement. */
export interface Life {
  signedOn?: string | null;
  inForceOn?: string | null;
  endedOn?: string | null;
  events: readonly { id: string; kind: AgreementEventKind; occurredOn: string; reference?: string | null; note?: LocalizedTextFields | null }[];
  deadlines: readonly { kind: AgendaKind; dueOn: string; state: ObligationState }[];
}

/** So many points have room beside one another; more of them stand below one another. */
const ABREAST = 10;

/** The dated events of an agreement along a line, with today and what is still to come. */
export function LifeLine(props: { life: Life }): ReactNode {
  const { t } = useTranslation('agreement');
  const format = useFormat();
  const points = lifeOf(props.life, new Date().toISOString().slice(0, 10));
  return (
    <section className="agreement-life" aria-label={t('life.title')}>
      <ol className={points.length <= ABREAST ? 'agreement-line agreement-line-abreast' : 'agreement-line'}>
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
