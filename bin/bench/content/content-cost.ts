import type { ContentModel } from '#core/contracts/content-config.ts';
import { costUsd } from '#core/domain/content/draft-cost.ts';
import type { TokenRule } from '#rehearsal/bench/content/count-tokens.ts';
import type { DraftFigures } from './measure-drafts.ts';

/** US dollars by how tokens are counted. */
export type UsdByRule = Readonly<Record<TokenRule, number>>;

/** What 1,000 SKUs such as these take, in all locales of their shop, second attempts included. */
export interface ContentCost {
  readonly shop: string;
  readonly model: string;
  readonly onDemandUsd: UsdByRule;
  /** Absent where the model's price for batches is not configured. */
  readonly batchUsd?: UsdByRule | undefined;
}

export const SKUS_PRICED = 1_000;

/** @param figures of one shop, drafted as this model is asked */
export const contentCost = (
  { shop, products, tokens }: Pick<DraftFigures, 'shop' | 'products' | 'tokens'>,
  [key, model]: readonly [string, ContentModel],
): ContentCost => {
  const usd = (rule: TokenRule, share: number): number =>
    (costUsd(tokens[rule], model) * share * SKUS_PRICED) / products;
  const byRule = (share: number): UsdByRule => ({
    'characters/4': usd('characters/4', share),
    'bytes/3.2': usd('bytes/3.2', share),
  });
  const { batchPriceShare } = model;
  return {
    shop,
    model: key,
    onDemandUsd: byRule(1),
    ...(batchPriceShare === undefined ? {} : { batchUsd: byRule(batchPriceShare) }),
  };
};
