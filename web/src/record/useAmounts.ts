import { useTranslation } from 'react-i18next';
import { useFormat } from '../shell/format';

/** An amount as the graph gives it; without a number where it is not known. */
interface Value {
  amount?: string | number | null | undefined;
  currency?: string | null | undefined;
}

/** How the amounts of one table are written: all with cents if any has them, and the currency once, in the head, where it is that of all. */
export function useAmounts(values: readonly Value[]): { head: string; isOneCurrency: boolean; amount: (value: Value) => string; currency: (value: Value) => string } {
  const { t } = useTranslation('record');
  const format = useFormat();
  const digits = values.some(({ amount }) => !Number.isInteger(Number(amount ?? 0))) ? 2 : 0;
  const [first, ...others] = new Set(values.map(({ currency }) => currency));
  const one = others.length === 0 ? first : null;
  return {
    head: one ? t('money.amountIn', { currency: format.currency(one) }) : t('money.amount'),
    isOneCurrency: Boolean(one),
    amount: ({ amount }) => (amount === null || amount === undefined ? t('unknown') : format.fixed(amount, digits)),
    currency: ({ currency }) => (currency ? format.currency(currency) : t('unknown')),
  };
}
