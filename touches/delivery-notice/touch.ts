import type { Touch } from '#core/domain/touches/touch.ts';

/** What arrived; subjects: parcel ids. */
export const deliveryNotice = {
  name: 'delivery-notice',
  purpose: 'transactional',
  channels: ['email'],
  trigger: 'a parcel was delivered',
  personalised: ['lines', 'amounts', 'dates', 'parcel', 'name', 'locale', 'gift'],
} as const satisfies Touch;
