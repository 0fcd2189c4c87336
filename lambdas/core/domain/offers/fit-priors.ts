import { compareText } from '../compare-text.ts';
import type { Beta, OfferContext, OfferPriors } from './decision.ts';
import { fitBeta, type Tries } from './fit-beta.ts';
import { type OfferType, offerTypes } from './offer.ts';

/** How often an offer was shown in a context, and how often it succeeded there. */
export interface OfferTries extends Tries {
  readonly offerId: string;
  readonly type: OfferType;
  readonly context: OfferContext;
}

/** Below these a group says less of its offers than the wider one that holds it. */
const MIN_OFFERS = 10;
const MIN_SHOWN = 500;
const MIN_ACCEPTED = 10;

const contexts: readonly OfferContext[] = [
  'new/strong',
  'new/weak',
  'new/none',
  'returning/strong',
  'returning/weak',
  'returning/none',
];

/**
 * Fits a shop's priors: for each type and context the Beta distribution that its offers' rates were most
 * likely drawn from (empirical Bayes: Robbins 1956; Casella, The American Statistician 39(2), 1985), so
 * that a new offer begins as what offers of its kind turned out to be.
 *
 * A context in which fewer than 10 offers of a type were shown, or with fewer than 500 showings or 10
 * successes, takes the prior of its type over all contexts; a type with fewer takes that of all offers;
 * where those are fewer too, nothing is fitted and the default prior of the type holds.
 *
 * That offers which do well are shown more does not bias it: what was shown depends on counts alone,
 * which the likelihood is conditioned on. The order of rows does not matter.
 *
 * @param tries one row an offer and context; a success counted before its showing counts as shown
 * @param fittedAt names the fit
 * @throws {RangeError} for a count that is not a whole number of at least 0
 */
export const fitPriors = (tries: readonly OfferTries[], fittedAt: string): OfferPriors => {
  const shown = tries
    .map(checked)
    .filter((each) => each.shown > 0)
    .toSorted((a, b) => compareText(a.offerId, b.offerId) || compareText(a.context, b.context));
  const ofAll = fitted(byOffer(shown));
  const byType = offerTypes.map((type) => {
    const ofType = shown.filter((each) => each.type === type);
    const wider = fitted(byOffer(ofType)) ?? ofAll;
    const priors = contexts.flatMap((context) => {
      const prior = fitted(ofType.filter((each) => each.context === context)) ?? wider;
      return prior === undefined ? [] : [[context, prior] as const];
    });
    return [type, Object.fromEntries(priors)] as const;
  });
  return { fittedAt, byType: Object.fromEntries(byType) };
};

const fitted = (tries: readonly Tries[]): Beta | undefined => {
  const shown = tries.reduce((sum, each) => sum + each.shown, 0);
  const accepted = tries.reduce((sum, each) => sum + each.accepted, 0);
  return tries.length < MIN_OFFERS || shown < MIN_SHOWN || accepted < MIN_ACCEPTED
    ? undefined
    : fitBeta(tries);
};

/** An offer's rows in several contexts as one. */
const byOffer = (tries: readonly OfferTries[]): readonly Tries[] =>
  [...Map.groupBy(tries, ({ offerId }) => offerId).values()].map((rows) => ({
    shown: rows.reduce((sum, { shown }) => sum + shown, 0),
    accepted: rows.reduce((sum, { accepted }) => sum + accepted, 0),
  }));

const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;

const checked = (each: OfferTries): OfferTries => {
  if (!isCount(each.shown) || !isCount(each.accepted))
    throw new RangeError(
      `offer "${each.offerId}" in ${each.context}: got ${each.shown} shown and ${each.accepted} accepted, expected whole numbers of at least 0`,
    );
  return { ...each, shown: Math.max(each.shown, each.accepted) };
};
