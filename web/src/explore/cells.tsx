import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Badge, type BadgeState } from '../look/Badge';
import { type LocalizedTextFields, Texted } from '../look/Texted';
import { useFormat } from '../shell/format';
import { Meter, type Shares } from './Meter';

/** One cell of a list, as the page shows it and as the file has it. */
export interface ListCell {
  shown: ReactNode;
  /** Several where the cell tells several things. */
  plain: string | string[];
}

/** What an agreement demands next. */
interface NextDuty {
  nextDueOn?: string | null;
  state: string;
  text?: LocalizedTextFields | null;
}

/** Makes the cells of a list; what is not known is a dash on the page and empty in the file. */
export interface Cells {
  word(text: string | null | undefined): ListCell;
  /** Names of records, the first two of them and how many more. */
  texts(texts: readonly (LocalizedTextFields | null | undefined)[]): ListCell;
  count(count: number): ListCell;
  /** A day, from YYYY-MM-DD; the file keeps that form. */
  day(iso: string | null | undefined): ListCell;
  /** From one day until another. */
  term(from: string | null | undefined, until: string | null | undefined): ListCell;
  /** An amount, perhaps with what was committed and disbursed of it. */
  money(money: { amount: string; currency: string } | null | undefined, shares?: Shares): ListCell;
  state(state: BadgeState, name: string): ListCell;
  duty(duty: NextDuty | undefined): ListCell;
}

const FEW = 2;

/** The cells in the language of the page, with the reader's digits. */
export function useCells(): Cells {
  const { t } = useTranslation('explore');
  const format = useFormat();
  const dueOf = ({ state, nextDueOn }: NextDuty): ReactNode => {
    if (!nextDueOn) return null;
    const day = <time dateTime={nextDueOn}>{format.date(nextDueOn)}</time>;
    if (state !== 'OVERDUE' && state !== 'DUE_SOON') return <span className="explore-under">{day}</span>;
    return (
      <>
        <Badge state={state === 'OVERDUE' ? 'late' : 'soon'}>{t(`duty.${state}`)}</Badge> <span className="explore-under">{day}</span>
      </>
    );
  };
  return {
    word: (text) => ({ shown: text ?? '–', plain: text ?? '' }),
    texts: (texts) => {
      const known = texts.filter((text) => text !== null && text !== undefined);
      const more = known.length - FEW;
      return {
        shown:
          known.length === 0 ? (
            '–'
          ) : (
            <>
              {known.slice(0, FEW).map((text, index) => (
                <span key={index} className={index === 0 ? 'explore-first' : 'explore-under'}>
                  <Texted text={text} />
                </span>
              ))}
              {more > 0 && <span className="explore-under">{t('andMore', { count: more, shown: format.number(more) })}</span>}
            </>
          ),
        plain: known.map(({ text }) => text).join('; '),
      };
    },
    count: (count) => ({ shown: format.number(count), plain: String(count) }),
    day: (iso) => ({ shown: iso ? <time dateTime={iso}>{format.date(iso)}</time> : '–', plain: iso ?? '' }),
    term: (from, until) => ({
      shown: (
        <>
          <span className="explore-first">{from ? <time dateTime={from}>{format.date(from)}</time> : '–'}</span>
          {until && <time dateTime={until} className="explore-under">{t('until', { day: format.date(until) })}</time>}
        </>
      ),
      plain: [from ?? '', until ?? ''],
    }),
    money: (money, shares) => ({
      shown: money ? (
        <>
          <span title={format.money(money.amount, money.currency)}>{format.moneyShort(money.amount, money.currency)}</span>
          {shares && <Meter shares={shares} />}
        </>
      ) : <span className="explore-none">{t('noAmount')}</span>,
      plain: [money?.amount ?? '', money?.currency ?? ''],
    }),
    state: (state, name) => ({ shown: <Badge state={state}>{name}</Badge>, plain: name }),
    duty: (duty) => ({
      shown: duty ? (
        <>
          <span className="explore-duty">
            <Texted text={duty.text} />
          </span>
          {dueOf(duty)}
        </>
      ) : (
        <span className="explore-none">{t('noDuty')}</span>
      ),
      plain: [duty?.text?.text ?? '', duty?.nextDueOn ?? ''],
    }),
  };
}
