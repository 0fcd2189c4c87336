import type { Touch } from '#core/domain/touches/touch.ts';

/** What arrived; subjects: parcel ids. */
export const deliveryNotice = {
  name: 'delivery-notice',
  purpose: 'transactional',
  channels: ['email', 'push', 'inbox'],
  trigger: 'a parcel was delivered',
  audience: 'everyone whose parcel arrived',
  tellsOf: 'parcels',
  personalised: ['lines', 'amounts', 'dates', 'parcel', 'name', 'locale', 'gift'],
  revenue: 'protects',
  rating: { potential: 2, effort: 1 },
} as const satisfies Touch;
