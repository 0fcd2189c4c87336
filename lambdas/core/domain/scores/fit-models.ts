import type { CategoryAffinity } from './category-propensity.ts';
import { checkCurve, type SurvivalPoint } from './first-return.ts';
import type { Fit } from './fit.ts';
import { fitPurchaseModel, type PurchaseGroup } from './fit-purchase-model.ts';
import { fitSpendModel, type SpendGroup } from './fit-spend-model.ts';
import type { PurchaseModel } from './purchase-model.ts';
import type { RfmCuts } from './rfm.ts';
import type { SpendModel } from './spend-model.ts';

/** Of `ScoreModels`; a reader refuses others. */
export const SCORE_MODELS_VERSION = 1;

/** What models are fitted on: grouped statistics of one shop, as SQL makes them. */
export interface ScoreStatistics {
  /** When the statistics were taken: every age is up to then. */
  readonly fittedAt: string;
  readonly purchases: readonly PurchaseGroup[];
  /** In the minor unit of one currency. */
  readonly spend: readonly SpendGroup[];
  /** Time to the second order; empty when it is not known. */
  readonly firstReturn: readonly SurvivalPoint[];
  readonly rfmCuts?: RfmCuts | undefined;
  readonly affinity?: CategoryAffinity | undefined;
}

/** All that a customer is scored by; plain JSON. What could not be fitted says why. */
export interface ScoreModels {
  readonly version: typeof SCORE_MODELS_VERSION;
  readonly fittedAt: string;
  readonly purchases: Fit<PurchaseModel>;
  readonly spend: Fit<SpendModel>;
  readonly firstReturn: readonly SurvivalPoint[];
  readonly rfmCuts?: RfmCuts | undefined;
  readonly affinity?: CategoryAffinity | undefined;
}

/**
 * Fits everything that can be fitted. A model that cannot be is left out with its reason, and what is
 * scored by it is left out too: nothing stands in for it.
 *
 * @throws RangeError for statistics that cannot be (a recency beyond the age, a rising curve, …)
 */
export const fitModels = (statistics: ScoreStatistics): ScoreModels => {
  const { fittedAt, purchases, spend, firstReturn, rfmCuts, affinity } = statistics;
  checkCurve(firstReturn);
  return {
    version: SCORE_MODELS_VERSION,
    fittedAt,
    purchases: fitPurchaseModel('MBG/NBD', purchases),
    spend: fitSpendModel(spend),
    firstReturn,
    ...(rfmCuts === undefined ? {} : { rfmCuts }),
    ...(affinity === undefined ? {} : { affinity }),
  };
};
