import type { Touch } from '#core/domain/touches/touch.ts';

/** What will not come; subjects: `order`, or ids of the cancellations of lines. */
export const cancellation = {
  name: 'cancellation',
  purpose: 'transactional',
  channels: ['email'],
  trigger: 'the order or some of its lines were cancelled',
  audience: 'buyers of what was cancelled',
  tellsOf: 'milestones',
  personalised: ['lines', 'amounts', 'dates', 'name', 'locale'],
  revenue: 'protects',
  rating: { potential: 1, effort: 1 },
} as const satisfies Touch;
