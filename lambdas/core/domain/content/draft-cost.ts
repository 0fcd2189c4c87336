/** Tokens of a call, as its service counts them. */
interface Tokens {
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** What a model costs, in US dollars for a million tokens. */
export interface TokenPrices {
  readonly inputUsdPerMillion: number;
  readonly outputUsdPerMillion: number;
}

/** US dollars for the tokens of a call. */
export const costUsd = (use: Tokens, prices: TokenPrices): number =>
  (use.inputTokens * prices.inputUsdPerMillion + use.outputTokens * prices.outputUsdPerMillion) /
  1_000_000;

/** US dollars for tokens of batch inference. */
export const batchUsd = (
  use: Tokens,
  prices: TokenPrices & { readonly batchPriceShare?: number | undefined },
): number => costUsd(use, prices) * (prices.batchPriceShare ?? 1);
