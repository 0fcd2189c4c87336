import { PRIOR_STRENGTH } from '../journeys/replenishment.ts';

/** Gaps between orders that were counted together. */
export interface GapSummary {
  readonly gaps: number;
  /** Days a piece; of no meaning when there are no gaps. */
  readonly meanDays: number;
}

/** What is known of how soon a customer uses up a product; all in days a piece. */
export interface GapKnowledge {
  /** The customer's own gaps with this product. */
  readonly own: readonly number[];
  /** Their gaps with all other products. */
  readonly customer: GapSummary;
  /** Other customers' gaps with this product. */
  readonly sku: GapSummary;
  /** Everybody's with everything, or what the merchant says of the product. */
  readonly usualDays: number;
}

/**
 * Days that one piece of a product lasts a customer. Own gaps count each for one; against them stands,
 * for `strength` gaps, the geometric mean of what the customer's rhythm and the product's let expect,
 * each of which is drawn in the same way towards what is usual.
 *
 * On Online Retail 2010-11 (22,871 gaps, mean |ln predicted/actual|): own mean .919, the product's
 * .846, so .812; the arithmetic mean of the two .818, their product over the usual .816.
 *
 * @throws RangeError when `usualDays` or a gap is not above 0
 */
export const replenishmentGap = (
  { own, customer, sku, usualDays }: GapKnowledge,
  strength: number = PRIOR_STRENGTH,
): number => {
  const wrong = [usualDays, ...own].find((days) => !(days > 0 && Number.isFinite(days)));
  if (wrong !== undefined)
    throw new RangeError(`a gap of ${wrong} days was given; wanted are numbers above 0`);
  const drawn = (total: number, gaps: number, towards: number): number =>
    (strength * towards + total) / (strength + gaps);
  const rhythm = ({ gaps, meanDays }: GapSummary): number =>
    gaps === 0 ? usualDays : drawn(gaps * meanDays, gaps, usualDays);
  const total = own.reduce((sum, each) => sum + each, 0);
  return drawn(total, own.length, Math.sqrt(rhythm(customer) * rhythm(sku)));
};
