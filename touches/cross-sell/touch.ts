import type { Touch } from '#core/domain/touches/touch.ts';

/** What goes with what was bought; subjects: SKUs, best first. */
export const crossSell = {
  name: 'cross-sell',
  purpose: 'marketing',
  channels: ['email', 'audience'],
  trigger: 'some weeks after the last delivery, a week more after a wait for stock',
  audience: 'buyers of products that others go with which they do not have',
  tellsOf: 'products',
  personalised: ['lines', 'offers', 'name', 'locale', 'gift', 'content'],
  content: ['pairing', 'upsell'],
  relevance: ['while-kept', 'unless-unhappy', 'unless-ordered-again', 'unless-owned'],
  revenue: 'cross-sell',
  rating: { potential: 3, effort: 3 },
} as const satisfies Touch;
