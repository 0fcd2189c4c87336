import type { Touch } from '#core/domain/touches/touch.ts';

/** What is on its way; subjects: parcel ids. */
export const dispatchNotice = {
  name: 'dispatch-notice',
  purpose: 'transactional',
  channels: ['email'],
  trigger: 'a parcel was dispatched',
  personalised: ['lines', 'amounts', 'dates', 'parcel', 'name', 'locale', 'gift'],
  relevance: 'while-outstanding',
} as const satisfies Touch;
