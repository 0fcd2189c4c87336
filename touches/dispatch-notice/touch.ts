import type { Touch } from '#core/domain/touches/touch.ts';

/** What is on its way; subjects: parcel ids. */
export const dispatchNotice = {
  name: 'dispatch-notice',
  purpose: 'transactional',
  channels: ['email', 'push', 'inbox'],
  trigger: 'a parcel was dispatched',
  audience: 'everyone to whom a parcel was sent',
  tellsOf: 'parcels',
  personalised: ['lines', 'amounts', 'dates', 'parcel', 'name', 'locale', 'gift'],
  relevance: ['while-outstanding'],
  revenue: 'protects',
  rating: { potential: 3, effort: 1 },
} as const satisfies Touch;
