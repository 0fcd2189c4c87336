import type { Touch } from '#core/domain/touches/touch.ts';

/** A parcel that comes today; subjects: parcel ids. */
export const outForDelivery = {
  name: 'out-for-delivery',
  purpose: 'transactional',
  channels: ['push', 'sms', 'email', 'inbox'],
  trigger: 'the carrier has a parcel on its last leg',
  audience: 'everyone whose parcel comes today',
  tellsOf: 'parcels',
  personalised: ['lines', 'dates', 'parcel', 'name', 'locale', 'gift'],
  relevance: ['while-underway'],
  revenue: 'protects',
  rating: { potential: 2, effort: 1 },
} as const satisfies Touch;
