import type { ExchangeRate } from '../orders/order-event.ts';
import type { LedgerRules } from './ledger-rules.ts';

export type FrozenRate =
  /** No rate: the amount is in the reporting currency. */
  | { readonly ok: true; readonly exchangeRate?: ExchangeRate | undefined }
  | { readonly ok: false; readonly problem: string };

/**
 * The rate at which an amount is booked in the reporting currency, to be stored with its event: the one
 * that the event gives, if it is into that currency, or else the configuration's.
 */
export const frozenRate = (
  currency: string,
  given: ExchangeRate | undefined,
  { reportingCurrency, rates }: Pick<LedgerRules, 'reportingCurrency' | 'rates'>,
): FrozenRate => {
  if (currency === reportingCurrency) return { ok: true };
  if (given?.to === reportingCurrency && Number(given.rate) > 0)
    return { ok: true, exchangeRate: given };
  const rate = rates[currency];
  if (rate !== undefined) return { ok: true, exchangeRate: { to: reportingCurrency, rate } };
  return {
    ok: false,
    problem: `got an amount in ${currency} and no rate into ${reportingCurrency}: add ledger.rates.${currency} to afterglow.config.ts, or send exchangeRate with the order`,
  };
};
