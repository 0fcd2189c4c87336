import { describe, expect, test } from 'vitest';
import { costUsd } from '#core/domain/content/draft-cost.ts';

describe('what a draft costs', () => {
  test('is its tokens at the model’s prices for a million', () => {
    const prices = { inputUsdPerMillion: 0.3, outputUsdPerMillion: 2.5 };

    expect(costUsd({ inputTokens: 2_000, outputTokens: 800 }, prices)).toBeCloseTo(0.0026, 12);
    expect(costUsd({ inputTokens: 0, outputTokens: 0 }, prices)).toBe(0);
  });
});
