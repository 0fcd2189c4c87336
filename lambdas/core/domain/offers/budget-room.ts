import type { Instant } from '../orders/order-event.ts';
import type { Offer } from './offer.ts';

/**
 * Of a budget that is spent evenly, what may be spent ahead of time: an offer that begins this minute
 * can be shown, and one success does not silence it for hours.
 */
const HEAD_START = 0.01;

/**
 * Why an offer's budget does not bear one more success now, or undefined when it does or there is none.
 *
 * `budget-spent`: what was spent and one more success together exceed the amount.
 * `paced`: they exceed what an even budget has released. That is the share of the time from `from` to
 * `until` that has passed and a hundredth more, of the amount; one success is released from the start.
 * A budget that lacks one of the two times cannot be spread, and is spent as it comes.
 *
 * What is shown earns later and others show it meanwhile: what is booked must be refused by the same
 * sum again (`spent + price ≤ budget`, a conditional update).
 */
export const budgetRefusal = (
  { budget, value, from, until }: Pick<Offer, 'budget' | 'value' | 'from' | 'until'>,
  spentMinor: number,
  now: Instant,
): 'budget-spent' | 'paced' | undefined => {
  if (budget === undefined) return undefined;
  const price = 'amountMinor' in value ? value.amountMinor : 0;
  const after = spentMinor + price;
  if (after > budget.amountMinor || spentMinor >= budget.amountMinor) return 'budget-spent';
  if (budget.pacing === 'asap' || from === undefined || until === undefined) return undefined;
  const released = budget.amountMinor * (elapsedShare(from, until, now) + HEAD_START);
  return after > Math.max(released, price) ? 'paced' : undefined;
};

const elapsedShare = (from: Instant, until: Instant, now: Instant): number => {
  const [start, end, at] = [Date.parse(from), Date.parse(until), Date.parse(now)];
  return end <= start ? 1 : Math.max(0, Math.min(1, (at - start) / (end - start)));
};
