import type { Touch } from '#core/domain/touches/touch.ts';

/** What was refunded, and why; subjects: ids of refunds. */
export const refund = {
  name: 'refund',
  purpose: 'transactional',
  channels: ['email'],
  trigger: 'a refund was issued',
  audience: 'everyone who gets money back',
  tellsOf: 'milestones',
  personalised: ['lines', 'amounts', 'dates', 'name', 'locale', 'refund'],
  revenue: 'protects',
  rating: { potential: 2, effort: 1 },
} as const satisfies Touch;
