import { compareText } from '../compare-text.ts';
import type { OfferSeen } from '../offers/session-facts.ts';

/** Caps and pauses look back a year at most; whoever was shown more in it is known well enough by these. */
const LATEST = 200;

/** What is known of a customer with what is new, newest first, each once, the latest 200. */
export const withSeen = (...histories: readonly (readonly OfferSeen[])[]): readonly OfferSeen[] => {
  const each = new Map(histories.flat().map((seen) => [nameOf(seen), seen]));
  return [...each.values()]
    .toSorted((a, b) => compareText(b.at, a.at) || compareText(nameOf(a), nameOf(b)))
    .slice(0, LATEST);
};

const nameOf = ({ offerId, kind, at }: OfferSeen): string => JSON.stringify([offerId, kind, at]);
