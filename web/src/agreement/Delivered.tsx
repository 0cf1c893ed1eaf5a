import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { graphql } from '../gql';
import type { AgreementDeliveredQuery } from '../gql/graphql';
import { useGraph } from '../graph/useGraph';
import { ErrorNote } from '../look/ErrorNote';
import { Loading } from '../look/Loading';
import { Switch } from '../look/Switch';
import { useNames } from '../look/useNames';
import { Counted } from '../record/Counted';
import { To } from '../shell/To';
import { useFormat } from '../shell/format';
import { withParam } from '../shell/withParam';
import { BehindList } from './BehindList';
import { EnvelopeBar } from './EnvelopeBar';
import { Opens } from './Opens';
import { Years } from './Years';
import { readBehind } from './behind';

const Answer = graphql(`
  query AgreementDelivered($id: ID!, $currency: String!) {
    agreement(by: { id: $id }) {
      delivered(currency: $currency) {
        currency
        envelope { amount currency rate rateDate source }
        projectCount
        projectsByStatus { status count }
        commitments: total(measure: COMMITMENT) { ...DeliveredSum }
        disbursements: total(measure: DISBURSEMENT) { ...DeliveredSum }
        termStart
        termEnd
        timeElapsed
        places: unitCount
        governorates: unitCount(level: 1)
        districts: unitCount(level: 2)
        indicators { total achieved missed unknown }
        obligations { total due done doneLate overdue waived open }
        years { ...DeliveredOfYear }
        committed: funding(by: [YEAR], measure: COMMITMENT) { ...CountedMoney }
        disbursed: funding(by: [YEAR], measure: DISBURSEMENT) { ...CountedMoney }
        planned: funding(by: [YEAR], measure: PLANNED) { rows { year amount } ...CountedMoney }
      }
    }
  }

  fragment DeliveredSum on DeliveredTotal { currency amount count withoutRate envelopeShare }

  fragment DeliveredOfYear on DeliveredYear {
    year currency commitment disbursement cumulativeDisbursement obligationsDue obligationsDone indicatorsMeasured indicatorsAchieved
  }
`);

type Figures = NonNullable<AgreementDeliveredQuery['agreement']>['delivered'];

/** What an agreement has delivered, in figures that each open what they count. */
export function Delivered(props: { id: string; envelope: { amount: string; currency: string } | null }): ReactNode {
  const { t } = useTranslation('agreement');
  const format = useFormat();
  const [params, setParams] = useSearchParams();
  const currencies = [...new Set(['USD', 'EUR', ...(props.envelope ? [props.envelope.currency] : [])])];
  const currency = currencies.find((one) => one === params.get('currency')) ?? 'USD';
  const { data, error, isFetching, refetch } = useGraph(Answer, { id: props.id, currency });
  const figures = data?.agreement?.delivered;
  const behind = readBehind(params);
  return (
    <section className="agreement-delivered" aria-labelledby="delivered" aria-busy={isFetching}>
      <header className="agreement-delivered-head">
        <h2 id="delivered">{t('delivered.title')}</h2>
        <Switch
          label={t('delivered.currency')}
          options={currencies.map((value) => ({ value, name: format.currency(value) }))}
          chosen={currency}
          onChoose={(next) => setParams((before) => withParam(before, 'currency', next === 'USD' ? null : next), { preventScrollReset: true })}
        />
      </header>
      {error && <ErrorNote error={error} onRetry={() => void refetch()} />}
      {!figures && !error && <Loading />}
      {figures && (
        <>
          <Strip id={props.id} figures={figures} stated={props.envelope} />
          {behind && <BehindList id={props.id} behind={behind} />}
          <Counted
            funding={[figures.committed, figures.disbursed, ...(figures.planned.rows.length > 0 ? [figures.planned] : [])]}
            others={(['places', 'indicators', 'obligations'] as const).map((name) => ({ name: t(`delivered.${name}`), rule: t(`counted.${name}`) }))}
          />
          <Years
            id={props.id}
            years={figures.years}
            planned={new Map(figures.planned.rows.flatMap(({ year, amount }) => (typeof year === 'number' && amount ? [[year, amount]] : [])))}
            currency={figures.currency ?? currency}
          />
        </>
      )}
    </section>
  );
}

function Strip(props: { id: string; figures: Figures; stated: { amount: string; currency: string } | null }): ReactNode {
  const { t } = useTranslation('agreement');
  const names = useNames();
  const format = useFormat();
  const { figures } = props;
  const { indicators, obligations } = figures;
  const [committed] = figures.commitments;
  const [disbursed] = figures.disbursements;
  const projects = `/projects?agreement=${props.id}`;
  const counted = (key: string, count: number): string => t(key, { count, shown: format.number(count) });
  const money = (sum: typeof disbursed): string => (sum ? (sum.amount ? format.moneyShort(sum.amount, sum.currency) : t('unknown')) : t('delivered.noMoney'));
  const share = (sum: typeof disbursed): string => (sum?.envelopeShare ? ` (${format.percent(Number(sum.envelopeShare) / 100)})` : '');
  const full = (sum: typeof disbursed): string | undefined => (sum?.amount ? format.money(sum.amount, sum.currency) : undefined);
  const withoutRate = (committed?.withoutRate ?? 0) + (disbursed?.withoutRate ?? 0);
  return (
    <dl className="agreement-strip">
      <div>
        <dt>{t('delivered.projects')}</dt>
        <dd>
          <p className="agreement-figure">
            <To to={projects}>{format.number(figures.projectCount)}</To>
          </p>
          <Parts parts={figures.projectsByStatus.map(({ status, count }) => <To key={status} to={`${projects}&status=${status}`}>{`${format.number(count)} ${names('ProjectStatus', status)}`}</To>)} />
        </dd>
      </div>
      <div className="agreement-strip-money">
        <dt>{t('delivered.money')}</dt>
        <dd>
          <p className="agreement-figure" title={full(disbursed)}>
            {disbursed ? <To to={`${projects}&money=DISBURSEMENT`}><Amount text={money(disbursed)} /></To> : money(disbursed)}
          </p>
          <EnvelopeBar envelope={figures.envelope?.amount ?? null} committed={committed?.amount ?? null} disbursed={disbursed?.amount ?? null} />
          <Parts
            parts={[
              `${t('delivered.disbursed')}${share(disbursed)}`,
              <span key="committed" title={full(committed)}>
                {t('delivered.committed')} {committed ? <To to={`${projects}&money=COMMITMENT`}>{money(committed)}</To> : money(committed)}
                {share(committed)}
              </span>,
              <Envelope key="envelope" stated={props.stated} converted={figures.envelope ?? null} />,
              ...(figures.timeElapsed ? [t('delivered.time', { share: format.percent(Number(figures.timeElapsed) / 100) })] : []),
              ...(withoutRate > 0 ? [counted('delivered.withoutRate', withoutRate)] : []),
            ]}
          />
        </dd>
      </div>
      <div>
        <dt>{t('delivered.places')}</dt>
        <dd>
          <p className="agreement-figure">
            <Opens behind={{ list: 'units', which: 'all', year: null }}>{format.number(figures.places)}</Opens>
          </p>
          <Parts
            parts={[
              <Opens key="1" behind={{ list: 'units', which: '1', year: null }}>{counted('delivered.governorates', figures.governorates)}</Opens>,
              <Opens key="2" behind={{ list: 'units', which: '2', year: null }}>{counted('delivered.districts', figures.districts)}</Opens>,
            ]}
          />
        </dd>
      </div>
      <div>
        <dt>{t('delivered.indicators')}</dt>
        <dd>
          <p className="agreement-figure">
            <Opens behind={{ list: 'indicators', which: 'achieved', year: null }}>{format.number(indicators.achieved)}</Opens> <Opens behind={{ list: 'indicators', which: 'all', year: null }}>{t('delivered.of', { total: format.number(indicators.total) })}</Opens>
          </p>
          <Parts
            parts={(['missed', 'unknown'] as const)
              .filter((which) => indicators[which] > 0)
              .map((which) => <Opens key={which} behind={{ list: 'indicators', which, year: null }}>{counted(`delivered.indicator.${which}`, indicators[which])}</Opens>)}
          />
        </dd>
      </div>
      <div>
        <dt>{t('delivered.obligations')}</dt>
        <dd>
          <p className="agreement-figure">
            <Opens behind={{ list: 'obligations', which: 'done', year: null }}>{format.number(obligations.done)}</Opens> <Opens behind={{ list: 'obligations', which: 'all', year: null }}>{t('delivered.of', { total: format.number(obligations.total) })}</Opens>
          </p>
          <Parts
            parts={(['overdue', 'doneLate', 'waived', 'open', 'due'] as const)
              .filter((which) => obligations[which] > 0)
              .map((which) => <Opens key={which} behind={{ list: 'obligations', which, year: null }}>{counted(`delivered.obligation.${which}`, obligations[which])}</Opens>)}
          />
        </dd>
      </div>
    </dl>
  );
}

/** A short amount whose number stands out before its scale and currency; in both languages the number comes first. */
function Amount({ text }: { text: string }): ReactNode {
  const [, number, words] = /^(\S+)\s(.+)$/s.exec(text) ?? [];
  return number && words ? (
    <>
      {number} <small>{words}</small>
    </>
  ) : (
    text
  );
}

/** The envelope as it is stated, and what it is in the reporting currency, by which rate. */
function Envelope(props: { stated: { amount: string; currency: string } | null; converted: Figures['envelope'] | null }): ReactNode {
  const { t } = useTranslation('agreement');
  const format = useFormat();
  const { stated, converted } = props;
  if (!stated) return t('delivered.noEnvelope');
  const inOwn = format.moneyShort(stated.amount, stated.currency);
  if (converted?.currency === stated.currency) return t('delivered.envelope', { amount: inOwn });
  if (!converted?.amount) return t('delivered.envelopeWithoutRate', { amount: inOwn });
  const rate = converted.rateDate ? t('delivered.rate', { date: format.date(converted.rateDate), source: converted.source ?? t('unknown') }) : '';
  return (
    <span title={rate}>
      {t('delivered.envelope', { amount: format.moneyShort(converted.amount, converted.currency) })} ({inOwn})
    </span>
  );
}

/** Small figures under a large one, a line each. */
function Parts(props: { parts: readonly ReactNode[] }): ReactNode {
  return (
    <ul className="agreement-parts">
      {props.parts.map((part, index) => (
        <li key={index}>{part}</li>
      ))}
    </ul>
  );
}
