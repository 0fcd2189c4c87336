import type { Touch } from '#core/domain/touches/touch.ts';

/** What to do about a parcel that could not be handed over; subjects: `<parcelId>/<eventId>`. */
export const failedDelivery = {
  name: 'failed-delivery',
  purpose: 'transactional',
  channels: ['email'],
  trigger: 'the carrier could not deliver a parcel',
  personalised: ['lines', 'amounts', 'dates', 'parcel', 'name', 'locale', 'gift'],
  relevance: 'while-outstanding',
} as const satisfies Touch;
