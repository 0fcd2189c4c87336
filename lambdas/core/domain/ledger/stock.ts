import { allocate } from '../money/allocate.ts';
import { converted, safe } from '../money/convert.ts';
import type { Position } from './target.ts';
import type { LedgerEntry } from './transaction.ts';

/** An amount in both currencies, with the parts of it that its sources are credited with. Not below 0. */
export interface Parts {
  readonly amount: number;
  readonly reporting: number;
  readonly credits: readonly { readonly amount: number; readonly reporting: number }[];
}

/** An entry that was booked as sold, and what is left of it. */
export interface Stock {
  readonly entry: LedgerEntry;
  readonly position: Position;
  readonly sold: Parts;
  readonly left: Parts;
}

/** What is sold: converted at the rate, and split by the shares in whole minor units. */
export const soldParts = (
  { currency, exchangeRate, shares }: Position,
  amountMinor: number,
): Parts => {
  const amount = safe(amountMinor);
  const reporting =
    exchangeRate === undefined
      ? amount
      : converted({ amountMinor, currency }, exchangeRate.rate, exchangeRate.to);
  const ratios = shares.map(({ parts }) => parts);
  if (ratios.length === 0) return { amount, reporting, credits: [] };
  return joined(amount, reporting, [allocate(amount, ratios), allocate(reporting, ratios)]);
};

const joined = (
  amount: number,
  reporting: number,
  [amounts, reportings]: readonly [readonly number[], readonly number[]],
): Parts => ({
  amount,
  reporting,
  credits: amounts.map((each, index) => ({ amount: each, reporting: reportings[index] ?? 0 })),
});

/**
 * So much of the parts, in the proportions that they have: all of them when it is all. Nothing of it is
 * above its part, so that pieces that sum to the amount sum to the whole in each of its numbers.
 */
export const pieceOf = ({ amount, reporting, credits }: Parts, wanted: number): Parts => {
  const [inReporting = 0] = allocate(reporting, [wanted, amount - wanted]);
  if (credits.length === 0) return { amount: wanted, reporting: inReporting, credits };
  const amounts = allocate(
    wanted,
    credits.map((credit) => credit.amount),
  );
  const reportings = allocate(
    inReporting,
    credits.map((credit) => credit.reporting),
  );
  return joined(wanted, inReporting, [amounts, reportings]);
};

export const minus = (a: Parts, b: Parts): Parts => combined(a, b, -1);
export const plus = (a: Parts, b: Parts): Parts => combined(a, b, 1);

const combined = (a: Parts, b: Parts, sign: 1 | -1): Parts => ({
  amount: a.amount + sign * b.amount,
  reporting: a.reporting + sign * b.reporting,
  credits: a.credits.map(({ amount, reporting }, index) => ({
    amount: amount + sign * (b.credits[index]?.amount ?? 0),
    reporting: reporting + sign * (b.credits[index]?.reporting ?? 0),
  })),
});
