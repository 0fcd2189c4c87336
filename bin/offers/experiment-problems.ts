import type { AfterglowConfig } from '#core/contracts/config.ts';
import type { TouchExperiment } from '#core/domain/experiments/experiment.ts';
import type { OfferFile } from '#rehearsal/input/offer-files.ts';

/** What experiments ask of offers that their files have not: an offer, or one of its variants. */
export const experimentProblems = (
  { experiments, shops }: Pick<AfterglowConfig, 'experiments' | 'shops'>,
  files: readonly OfferFile[],
): readonly string[] =>
  experiments.experiments.flatMap((experiment: TouchExperiment) =>
    (experiment.offers ?? []).flatMap((offerId) => {
      const named = files.flatMap(({ shop, offers }) =>
        (experiment.shops ?? Object.keys(shops)).includes(shop)
          ? offers.filter((offer) => offer.offerId === offerId)
          : [],
      );
      if (named.length === 0)
        return [`${experiment.key}.offers: got "${offerId}", expected an offer of its shops`];
      return named.flatMap(({ variants = {} }) =>
        Object.values(experiment.arms).flatMap(({ variant }) =>
          variant === undefined || variant in variants
            ? []
            : [
                `${experiment.key}: got the variant "${variant}", expected one of ${offerId}: ${Object.keys(variants).join(', ') || 'it has none'}`,
              ],
        ),
      );
    }),
  );
