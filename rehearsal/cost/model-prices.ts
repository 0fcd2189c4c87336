import type { AfterglowConfig } from '#core/contracts/config.ts';
import type { PriceList } from './price-list.ts';

/** Models of Bedrock have their prices in the configuration. */
export const withModels = (prices: PriceList, content: AfterglowConfig['content']): PriceList => ({
  ...prices,
  perUnit: {
    ...prices.perUnit,
    ...Object.fromEntries(
      Object.values(content?.models ?? {}).flatMap(
        ({ modelId, inputUsdPerMillion, outputUsdPerMillion }): [string, number][] => [
          [`modelInputTokens ${modelId}`, inputUsdPerMillion / 1e6],
          [`modelOutputTokens ${modelId}`, outputUsdPerMillion / 1e6],
        ],
      ),
    ),
  },
});
