import type { Touch } from '#core/domain/touches/touch.ts';

/** How to open what needs no parcel; subjects: none, or `order`. */
export const digitalAccess = {
  name: 'digital-access',
  purpose: 'transactional',
  channels: ['email'],
  trigger: 'the order is cleared and has lines that need no parcel',
  personalised: ['lines', 'amounts', 'dates', 'access', 'name', 'locale', 'gift'],
} as const satisfies Touch;
