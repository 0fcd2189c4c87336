import type { Touch } from '#core/domain/touches/touch.ts';

/** What was bought last, and the way back to the shop; subjects: none, or `order`. */
export const winBack = {
  name: 'win-back',
  purpose: 'marketing',
  channels: ['email', 'audience'],
  trigger:
    'by their score the customer is at risk; without one, twice the time that they usually leave between orders has gone by',
  audience: 'customers who would usually have ordered again by now',
  tellsOf: 'order',
  personalised: ['lines', 'dates', 'name', 'locale'],
  variants: ['question'],
  showsIncentive: true,
  relevance: ['unless-ordered-again'],
  revenue: 'repeat',
  rating: { potential: 2, effort: 1 },
} as const satisfies Touch;
