import type { Touch } from '#core/domain/touches/touch.ts';

/** At once for every order; subjects: none. */
export const orderConfirmation = {
  name: 'order-confirmation',
  purpose: 'transactional',
  channels: ['email'],
  trigger: 'an order was placed',
  personalised: ['lines', 'amounts', 'dates', 'name', 'locale', 'gift'],
} as const satisfies Touch;
