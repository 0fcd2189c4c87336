import { defineExperiments } from '#core/contracts/experiments-config.ts';

/**
 * What is tried out, and on whom. A customer's arm follows from their id and the key alone: while an experiment runs, its
 * key, the names, the shares and the order of its arms stay as they are. How to read it: docs/experiments.md.
 */
export default defineExperiments({
  holdout: {
    share: 0.05,
    treats: ['marketing'],
    // Help that nobody ordered is treatment too. The survey is not: it is what both arms are measured by. Nor is the
    // answer to an unhappy customer, nor what keeps a warranty.
    also: ['care-guide', 'activation-nudge', 'check-in', 'packaging-insert'],
  },
  experiments: [
    {
      key: 'review-request-evening',
      hypothesis:
        'Asked after work rather than in the morning, more customers take the time to write a review.',
      owner: 'CRM',
      kind: 'timing',
      touches: ['review-request'],
      from: '2026-03-01',
      until: '2026-09-01',
      arms: { control: { share: 0.5 }, evening: { share: 0.5, atHour: 18 } },
      primaryMetric: 'review',
      guardrails: ['unsubscribe'],
    },
    {
      key: 'win-back-question',
      hypothesis:
        'A question about what was bought brings back more customers than the remark that it has been a while.',
      owner: 'CRM',
      kind: 'content',
      touches: ['win-back'],
      from: '2026-03-01',
      until: '2026-07-01',
      arms: { control: { share: 0.5 }, question: { share: 0.5, variant: 'question' } },
      primaryMetric: 'repeat-order',
      guardrails: ['nps', 'unsubscribe'],
    },
    {
      key: 'mug-headline',
      hypothesis:
        'A headline that says what the mug is for is taken up more often than one that says whose it is.',
      owner: 'Shop',
      kind: 'offer',
      shops: ['hearth'],
      offers: ['mug'],
      from: '2026-03-01',
      until: '2026-06-01',
      arms: { control: { share: 0.5 }, use: { share: 0.5, variant: 'use' } },
      primaryMetric: 'revenue',
      guardrails: ['nps'],
      revenueElement: true,
    },
  ],
});
