import type { Touch } from '#core/domain/touches/touch.ts';

/** While the shop wants the customer to confirm an order; subjects: none. */
export const verification = {
  name: 'verification',
  purpose: 'transactional',
  channels: ['email', 'sms'],
  trigger: 'an order was placed or amended with risk "review"',
  audience: 'buyers of orders that the shop holds for review',
  tellsOf: 'order',
  personalised: ['lines', 'amounts', 'dates', 'name', 'locale'],
  relevance: ['while-in-review'],
  revenue: 'protects',
  rating: { potential: 2, effort: 2 },
} as const satisfies Touch;
