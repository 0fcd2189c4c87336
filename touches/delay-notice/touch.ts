import type { Touch } from '#core/domain/touches/touch.ts';

/** A promise that does not hold; subjects: the promised date, or ids of parcels that were lost. */
export const delayNotice = {
  name: 'delay-notice',
  purpose: 'transactional',
  channels: ['email', 'sms'],
  trigger: 'a promised date passed without news or was moved, or a parcel was lost',
  audience: 'everyone who was promised a day that does not hold',
  tellsOf: 'milestones',
  personalised: ['lines', 'amounts', 'dates', 'parcel', 'name', 'locale', 'gift'],
  relevance: ['while-outstanding'],
  revenue: 'protects',
  rating: { potential: 3, effort: 2 },
} as const satisfies Touch;
