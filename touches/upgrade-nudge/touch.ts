import type { Touch } from '#core/domain/touches/touch.ts';

/** The product or plan above what was bought; subjects: the SKUs of what comes above. */
export const upgradeNudge = {
  name: 'upgrade-nudge',
  purpose: 'marketing',
  channels: ['email'],
  trigger:
    'some weeks after the last delivery, once a first use was reported where the product reports it',
  audience:
    'owners of a product that another comes above, unless it was a gift or they own that too',
  tellsOf: 'products',
  personalised: ['lines', 'offers', 'name', 'locale', 'content'],
  content: ['upsell'],
  relevance: ['while-kept', 'unless-unhappy', 'unless-ordered-again', 'unless-owned'],
  revenue: 'upsell',
  rating: { potential: 2, effort: 2 },
} as const satisfies Touch;
