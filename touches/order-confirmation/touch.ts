import type { Touch } from '#core/domain/touches/touch.ts';

/** At once for every order; subjects: none. */
export const orderConfirmation = {
  name: 'order-confirmation',
  purpose: 'transactional',
  channels: ['email'],
  trigger: 'an order was placed',
  audience: 'everyone who ordered',
  tellsOf: 'order',
  personalised: ['lines', 'amounts', 'dates', 'name', 'locale', 'gift'],
  revenue: 'protects',
  rating: { potential: 2, effort: 1 },
} as const satisfies Touch;
