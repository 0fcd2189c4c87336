import type { Touch } from '#core/domain/touches/touch.ts';

/** What to do about a parcel that could not be handed over; subjects: `<parcelId>/<eventId>`. */
export const failedDelivery = {
  name: 'failed-delivery',
  purpose: 'transactional',
  channels: ['sms', 'email'],
  trigger: 'the carrier could not deliver a parcel',
  audience: 'everyone whose parcel could not be handed over',
  tellsOf: 'milestones',
  personalised: ['lines', 'amounts', 'dates', 'parcel', 'name', 'locale', 'gift'],
  relevance: ['while-outstanding'],
  revenue: 'protects',
  rating: { potential: 3, effort: 1 },
} as const satisfies Touch;
