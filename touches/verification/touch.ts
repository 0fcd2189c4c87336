import type { Touch } from '#core/domain/touches/touch.ts';

/** While the shop wants the customer to confirm an order; subjects: none. */
export const verification = {
  name: 'verification',
  purpose: 'transactional',
  channels: ['email'],
  trigger: 'an order was placed or amended with risk "review"',
  personalised: ['lines', 'amounts', 'dates', 'name', 'locale'],
  relevance: 'while-in-review',
} as const satisfies Touch;
