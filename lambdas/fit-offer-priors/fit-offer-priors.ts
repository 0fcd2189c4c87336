import { countKey, type OfferCount } from '#core/domain/offers/decision.ts';
import { fitPriors, type OfferTries } from '#core/domain/offers/fit-priors.ts';
import type { Offer } from '#core/domain/offers/offer.ts';
import type { OfferCounts } from '#core/ports/offer-counts.ts';
import type { Offers } from '#core/ports/offers.ts';

export interface FitOfferPriorsDeps {
  /** By id. */
  readonly shops: Readonly<Record<string, object>>;
  readonly offers: Pick<Offers, 'of'>;
  readonly counts: Pick<OfferCounts, 'of' | 'keepPriors'>;
  readonly now: () => Date;
}

/** What came of a shop's counters, for the log. */
export interface FittedPriors {
  readonly shop: string;
  /** Counters that were fitted to. */
  readonly counters: number;
  /** Types of offers that have priors of their own now. */
  readonly types: number;
}

/**
 * Fits the priors of every shop to its counters and keeps them in the place of those before. A counter of an offer
 * that there is no more is left out: its type is not known.
 *
 * @throws when a table cannot be read or written
 */
export const fitOfferPriors =
  ({ shops, offers, counts, now }: FitOfferPriorsDeps) =>
  async (): Promise<readonly FittedPriors[]> => {
    const fittedAt = now().toISOString();
    const fitted: FittedPriors[] = [];
    for (const shop of Object.keys(shops)) {
      const [known, ofNew, ofReturning] = await Promise.all([
        offers.of(shop),
        counts.of(shop, 'new'),
        counts.of(shop, 'returning'),
      ]);
      const tries = triesOf(known, new Map([...ofNew, ...ofReturning]));
      const priors = fitPriors(tries, fittedAt);
      await counts.keepPriors(shop, priors);
      const types = Object.values(priors.byType).filter((each) => Object.keys(each).length > 0);
      fitted.push({ shop, counters: tries.length, types: types.length });
    }
    return fitted;
  };

const contexts = [
  'new/strong',
  'new/weak',
  'new/none',
  'returning/strong',
  'returning/weak',
  'returning/none',
] as const satisfies readonly OfferTries['context'][];

/** Looked up rather than taken apart: an offer's id may have any letters. */
const triesOf = (
  offers: readonly Offer[],
  counts: ReadonlyMap<string, OfferCount>,
): readonly OfferTries[] =>
  offers.flatMap(({ offerId, type }) =>
    contexts.flatMap((context) => {
      const count = counts.get(countKey(offerId, context));
      return count === undefined ? [] : [{ offerId, type, context, ...count }];
    }),
  );
