import type { Touch } from '#core/domain/touches/touch.ts';

/** How to open what needs no parcel; subjects: none, or `order`. */
export const digitalAccess = {
  name: 'digital-access',
  purpose: 'transactional',
  channels: ['email'],
  trigger: 'the order is cleared and has lines that need no parcel',
  audience: 'buyers of what needs no parcel',
  tellsOf: 'order',
  personalised: ['lines', 'amounts', 'dates', 'access', 'name', 'locale', 'gift'],
  revenue: 'protects',
  rating: { potential: 2, effort: 1 },
} as const satisfies Touch;
