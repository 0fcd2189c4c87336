import { allocate } from '../money/allocate.ts';
import { type Bucket, type OrderValue, worthOf } from './order-value.ts';

/** What is left of a bucket while what was given back is taken from it, step by step. */
export interface Remain {
  readonly bucket: Bucket;
  /** What it was worth. */
  readonly worth: number;
  /** Of each component, with its sign. */
  left: readonly number[];
  /** Pieces of the line that were cancelled or came back. */
  gone: number;
  /** Taken for pieces that were cancelled, and not paid back yet. */
  unpaidCancelled: number;
  /** Taken for pieces that came back, and not paid back yet; and how many pieces. */
  unpaidReturned: number;
  unpaidPieces: number;
}

/** What is left of an order. */
export interface Remains {
  readonly lines: readonly Remain[];
  readonly rest: Remain;
  /** Given back above what was sold. */
  goodwill: number;
}

export const wholeOf = ({ lines, rest }: OrderValue): Remains => ({
  lines: lines.map(untouched),
  rest: untouched(rest),
  goodwill: 0,
});

const untouched = (bucket: Bucket): Remain => ({
  bucket,
  worth: worthOf(bucket),
  left: bucket.components.map(({ value }) => value),
  gone: 0,
  unpaidCancelled: 0,
  unpaidReturned: 0,
  unpaidPieces: 0,
});

const sum = (amounts: readonly number[]): number => amounts.reduce((all, each) => all + each, 0);

export const leftOf = ({ left }: Remain): number => sum(left);

export const bucketsOf = ({ lines, rest }: Remains): readonly Remain[] => [...lines, rest];

/** What the customer still owes, or has paid, for the order. */
export const leftOfOrder = (remains: Remains): number => sum(bucketsOf(remains).map(leftOf));

/** Takes so much of a bucket, of its components in proportion; at most what is left of it. */
export const take = (remain: Remain, amount: number): void => {
  const parts = allocate(amount, remain.left);
  remain.left = remain.left.map((left, index) => left - (parts[index] ?? 0));
};

/** Gives so much of what was taken of a bucket again; at most that. */
export const reinstate = (remain: Remain, amount: number): void => {
  const taken = remain.bucket.components.map(
    ({ value }, index) => value - (remain.left[index] ?? 0),
  );
  const parts = allocate(amount, taken);
  remain.left = remain.left.map((left, index) => left + (parts[index] ?? 0));
};

export const takeAll = (remain: Remain): void => {
  remain.left = remain.left.map(() => 0);
};

/**
 * Takes an amount of several buckets in proportion to `weights`, none of them above what is left of its
 * bucket; at most as much as the weights come to.
 *
 * @returns what it could not take
 */
export const takeAcross = (
  remains: readonly Remain[],
  weights: readonly number[],
  amount: number,
): number => {
  const taken = Math.min(amount, sum(weights));
  const parts = allocate(taken, weights);
  for (const [index, remain] of remains.entries()) {
    const part = parts[index] ?? 0;
    if (part > 0) take(remain, part);
  }
  return amount - taken;
};
