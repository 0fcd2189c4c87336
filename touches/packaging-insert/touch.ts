import type { Touch } from '#core/domain/touches/touch.ts';

/** The card in the parcel; subjects: line ids. It may be a gift: it names nobody and no order. */
export const packagingInsert = {
  name: 'packaging-insert',
  purpose: 'service',
  channels: ['insert'],
  trigger: 'an order is placed with lines that need a parcel',
  audience: 'everyone whose parcel is packed by a warehouse that can add a card',
  tellsOf: 'lines',
  personalised: ['lines', 'locale', 'guide'],
  revenue: 'prepares',
  rating: { potential: 1, effort: 2 },
} as const satisfies Touch;
