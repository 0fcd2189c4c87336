/** An amount in the currency's minor unit (cents, yen, fils), never a fraction of it. */
export interface Money {
  readonly amountMinor: number;
  /** ISO 4217, upper case. */
  readonly currency: string;
}

/** The sum of amounts in one currency; `currency` names it when the list is empty. */
export const sumOf = (amounts: readonly Money[], currency: string): Money => ({
  amountMinor: amounts.reduce((total, { amountMinor }) => total + amountMinor, 0),
  currency,
});

export const times = ({ amountMinor, currency }: Money, quantity: number): Money => ({
  amountMinor: amountMinor * quantity,
  currency,
});
