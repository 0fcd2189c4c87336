import type { Offer } from './offer.ts';

/** A share of a price misses whole minor units by a rounding error, never by this much: .29 × 100 is 28.999…996. */
const ROUNDING = 1e-6;

/**
 * What one success of an offer is worth, whole minor units of the shop's currency, rounded down.
 *
 * @param priceMinor of the product on offer; a share of no price is worth nothing
 */
export const valueMinorOf = ({ value }: Pick<Offer, 'value'>, priceMinor = 0): number =>
  Math.floor(
    'amountMinor' in value ? value.amountMinor : value.shareOfPrice * priceMinor + ROUNDING,
  );
