import type { contentConfig } from '#core/contracts/content-config.ts';
import type * as z from 'zod';

/** What is written of products, by which model, and what lets it reach a customer (docs/content.md). */
export default {
  // Ids and prices of 2026-11 for the EU; check both against your account before you deploy.
  model: 'nova-2-lite',
  models: {
    'nova-2-lite': {
      modelId: 'eu.amazon.nova-2-lite-v1:0',
      inputUsdPerMillion: 0.3,
      outputUsdPerMillion: 2.5,
      batchPriceShare: 0.5,
    },
    'claude-haiku': {
      modelId: 'eu.anthropic.claude-haiku-5-5',
      inputUsdPerMillion: 1,
      outputUsdPerMillion: 5,
      batchPriceShare: 0.5,
    },
  },
  approval: [
    // Textiles, filters, bags: a wrong word is a nuisance. What has a warning always waits for a person.
    {
      name: 'simple goods',
      categories: ['Textiles', 'Filters', 'Backpacks', 'Sleeping'],
      maxRisk: 'low',
      minScore: 0.7,
    },
    { name: 'what goes with it', kinds: ['pairing'], maxRisk: 'low', minScore: 0.5 },
  ],
  factConfidence: 0.9,
  onDemand: { enabled: true, monthlyBudgetUsd: 25 },
  rollOut: { concurrency: 10, budgetUsd: 50, budgetTokens: 20_000_000 },
} satisfies z.input<typeof contentConfig>;
